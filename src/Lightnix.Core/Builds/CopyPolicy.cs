namespace Lightnix.Builds;

/// <summary>Which promised files other tools get as copies below <c>obj</c>.</summary>
/// <param name="Everything">True: all files. False: files with an item type; other files are used in the store.</param>
/// <param name="OnlyMissing">True: existing copies stay as they are, and a copy that cannot be made is left out.</param>
public sealed record CopyPolicy(bool Everything, bool OnlyMissing)
{
    public static CopyPolicy OfBuilds { get; } = new(Everything: false, OnlyMissing: false);
}

namespace Lightnix;

/// <summary>Which promised files are handed on as copies.</summary>
/// <param name="Everything">True: all of them; false: those with an item type. All else is handed on as it is in the store.</param>
/// <param name="OnlyMissing">True for who only looks: copies that are there stay as they are, and one that cannot be made is left out.</param>
public sealed record ItemWish(bool Everything, bool OnlyMissing)
{
    /// <summary>As a build hands files on.</summary>
    public static ItemWish Items { get; } = new(Everything: false, OnlyMissing: false);
}

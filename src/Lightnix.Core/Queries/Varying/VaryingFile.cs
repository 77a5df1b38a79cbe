namespace Lightnix.Queries;

/// <summary>A file that differs between runs of one resolved derivation.</summary>
/// <param name="SameSeed">True: it differs between runs with the same seed; null: no seed was run twice.</param>
/// <param name="OtherSeed">True: it differs between runs with other seeds; null: all had the same.</param>
/// <param name="Before">Two runs that differ in it, with the same seed if there are such runs.</param>
/// <param name="Offset">The first byte that differs between them, counted from 0; null where one of them has no such file, where only the
/// executable bit differs, or where the bytes were collected.</param>
public sealed record VaryingFile(RelativePath Path, bool? SameSeed, bool? OtherSeed, Run Before, Run Now, long? Offset)
{
    /// <summary>What the first of the two runs has at this path; null: nothing.</summary>
    public TreeEntry? Was { get; init; }

    /// <summary>What the second one has.</summary>
    public TreeEntry? Is { get; init; }
}

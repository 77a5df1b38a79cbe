namespace Lightnix.Storage;

/// <summary>Results with all that they were made from, as files of a store: what an archive holds. <see cref="Closures"/> finds
/// it.</summary>
/// <param name="Results">What was asked for, sorted by reference.</param>
/// <param name="Trees">Trees whose files belong to it, sorted.</param>
/// <param name="Collected">Results that belong to it and whose trees are gone, sorted by reference: only their records do.</param>
public sealed record Closure(
    ImmutableArray<Realization> Results, ImmutableArray<Reference<Tree>> Trees, ImmutableArray<Realization> Collected)
{
    /// <summary>Records, listings and logs, by their names in the archive.</summary>
    internal ImmutableSortedDictionary<string, ArchivedFile> Records { get; init; } =
        ImmutableSortedDictionary.Create<string, ArchivedFile>(StringComparer.Ordinal);

    /// <summary>Files of results and sources, by their names in the archive.</summary>
    internal ImmutableSortedDictionary<string, ArchivedFile> Contents { get; init; } =
        ImmutableSortedDictionary.Create<string, ArchivedFile>(StringComparer.Ordinal);

    /// <summary>Results that runs of it read, and that the store does not know any more, sorted.</summary>
    public ImmutableArray<Reference<Realization>> Unknown { get; init; } = [];

    /// <summary>The number of runs, adopted ones included.</summary>
    public int Runs { get; init; }

    /// <summary>Bytes of all files of results and sources.</summary>
    public long Size => Contents.Values.Sum(c => c.Size);

    internal ArchiveManifest Manifest => new([.. Results.Select(r => r.Reference())], Trees, Size) { Unknown = Unknown };
}

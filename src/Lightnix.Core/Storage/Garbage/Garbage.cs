namespace Lightnix.Storage;

/// <summary>One thing that is not needed.</summary>
/// <param name="Place">Its path below the store's folder, with <c>/</c>.</param>
/// <param name="Size">Bytes that it frees. What several trees share counts for the last of them.</param>
/// <param name="LastUse">Of a tree.</param>
/// <param name="Why">One sentence.</param>
public sealed record Garbage(GarbageKind Kind, string Place, long Size, DateTimeOffset? LastUse, string Why)
{
    /// <summary>Of a tree, of records and of a checkpoint.</summary>
    public GarbageName? Name { get; init; }

    internal string Path { get; init; } = "";

    /// <summary>It stays when a session relies on any of these.</summary>
    internal ImmutableArray<Digest> Guards { get; init; } = [];

    /// <summary>Files of a tree that stay in <c>files/</c>: metrics, and what promises read.</summary>
    internal ImmutableArray<TreeEntry.File> Remains { get; init; } = [];
}

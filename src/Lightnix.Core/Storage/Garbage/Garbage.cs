namespace Lightnix.Storage;

/// <summary>One thing that is not needed.</summary>
/// <param name="Place">Its path below the store's folder, with <c>/</c>.</param>
/// <param name="Size">In bytes: of a tree, the sum of its files, which other trees may share.</param>
/// <param name="LastUse">Of a tree.</param>
/// <param name="Why">One sentence.</param>
public sealed record Garbage(GarbageKind Kind, string Place, long Size, DateTimeOffset? LastUse, string Why)
{
    internal string Path { get; init; } = "";

    /// <summary>It stays when a session relies on any of these.</summary>
    internal ImmutableArray<Digest> Guards { get; init; } = [];

    /// <summary>Files of a tree that stay in <c>files/</c>: metrics, and what promises read.</summary>
    internal ImmutableArray<TreeEntry.File> Remains { get; init; } = [];
}

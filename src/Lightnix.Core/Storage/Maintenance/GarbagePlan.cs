using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>What is to be, or was, collected, in the order of collection.</summary>
/// <param name="Blocked">Why nothing may be collected; empty: it may.</param>
/// <param name="Freed">Bytes of contents, and of what lies beside them, that go with it.</param>
/// <param name="Stays">Bytes of contents that stay.</param>
public sealed record GarbagePlan(ImmutableArray<Garbage> Items, ImmutableArray<string> Blocked, long Freed, long Stays)
{
    /// <summary>What sessions relied on, and what the roots were, when this was planned.</summary>
    internal HashSet<Digest> Kept { get; init; } = [];

    internal string Roots { get; init; } = "";

    /// <summary>What could not be removed, sorted by place. All that it names stays too.</summary>
    public ImmutableArray<Stuck> Stuck { get; init; } = [];
}

/// <summary>Garbage that could not be removed.</summary>
/// <param name="Place">Its path below the store's folder, with <c>/</c>.</param>
/// <param name="Why">What the system said.</param>
public sealed record Stuck(string Place, string Why);

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

/// <summary>The kinds of garbage, in the order in which they are collected: nothing is left that names something deleted.</summary>
public enum GarbageKind
{
    /// <summary>The root of a project that is deleted or to be forgotten.</summary>
    Root,

    /// <summary>All that is known of a resolved derivation that no root counts.</summary>
    Records,

    /// <summary>A tree. Its records stay, unless they are collected as well.</summary>
    Tree,

    /// <summary>The listing of a tree that nothing names.</summary>
    Listing,

    /// <summary>A derivation that nothing names.</summary>
    Derivation,

    /// <summary>A log that no run names.</summary>
    Log,

    /// <summary>A content that no tree has.</summary>
    Content,

    /// <summary>A remembered verdict on a deleted tree.</summary>
    Verdict,

    /// <summary>Something that can be made again: a compiled script.</summary>
    Cache,

    /// <summary>A working folder that people kept to look at.</summary>
    Workspace,

    /// <summary>What a dead process left unfinished, or could not delete.</summary>
    Leftover,

    /// <summary>What a repair took out.</summary>
    Lost,
}

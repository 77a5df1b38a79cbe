namespace Lightnix.Storage;

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

    /// <summary>A checkpoint that no try went on from for long.</summary>
    Checkpoint,

    /// <summary>What is remembered of the builds of a project whose root is gone.</summary>
    Builds,

    /// <summary>What a dead process left unfinished, or could not delete.</summary>
    Leftover,

    /// <summary>What a repair took out.</summary>
    Lost,
}

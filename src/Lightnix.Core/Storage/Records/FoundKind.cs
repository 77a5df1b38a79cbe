namespace Lightnix.Storage;

/// <summary>What has a reference.</summary>
public enum FoundKind
{
    /// <summary>A stage's description.</summary>
    Derivation,

    /// <summary>What a builder can see.</summary>
    Resolved,

    /// <summary>One distinct result.</summary>
    Realization,

    /// <summary>A completed execution.</summary>
    Run,

    /// <summary>One that did not complete.</summary>
    Failure,

    /// <summary>A directory's content.</summary>
    Tree,

    /// <summary>What a builder printed.</summary>
    Log,
}

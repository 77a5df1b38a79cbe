namespace Lightnix.Realizing;

/// <summary>How a build uses lock files.</summary>
public sealed record LockOptions
{
    /// <summary>The lock file, absolute; null: none is used.</summary>
    public string? File { get; init; }

    /// <summary>True: use it, and make it where it is not there. False: neither read nor write it. Null: use it where it is
    /// there.</summary>
    public bool? Use { get; init; }

    /// <summary>Select exactly what it pins, and run nothing.</summary>
    public bool Locked { get; init; }

    /// <summary>Names or globs of stages that are chosen again, whatever is pinned.</summary>
    public ImmutableArray<string> Update { get; init; } = [];
}

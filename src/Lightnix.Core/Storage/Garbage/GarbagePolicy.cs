namespace Lightnix.Storage;

/// <summary>What a person wants to keep beside what must be kept. By default, only chosen results stay.</summary>
public sealed record GarbagePolicy
{
    /// <summary>For each resolved derivation that a root counts, by the metric of its matcher: this many of the best stay.</summary>
    public int KeepBest { get; init; }

    /// <summary>For each resolved derivation that a root counts: this many of the last made stay.</summary>
    public int KeepLast { get; init; }

    /// <summary>Only what was not used for so long is collected.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>In bytes: what was used longest ago is collected, until the contents of the store are no larger.</summary>
    public long? MaxSize { get; init; }

    /// <summary>Also collects what repairs moved out.</summary>
    public bool Lost { get; init; }

    /// <summary>The age from which compiled scripts and kept working folders are collected.</summary>
    public TimeSpan LeftoverAge => OlderThan ?? TimeSpan.FromDays(30);

    /// <summary>Projects whose roots end: full paths of project files, or the first characters (at least four) of the root's file
    /// name.</summary>
    public ImmutableArray<string> Forget { get; init; } = [];
}

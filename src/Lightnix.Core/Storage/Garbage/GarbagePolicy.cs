namespace Lightnix.Storage;

/// <summary>
/// What a person wants to keep beside what must be kept. By default that is what was made or used in the last two weeks: another branch may
/// need it.
/// </summary>
public sealed record GarbagePolicy
{
    /// <summary>For each resolved derivation that a root counts, by the metric of its matcher: this many of the best stay.</summary>
    public int KeepBest { get; init; }

    /// <summary>For each resolved derivation that a root counts: this many of the last made stay.</summary>
    public int KeepLast { get; init; }

    /// <summary>Only what was not made and not used for so long is collected; null: the usual age of each kind.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>The age from which trees and records are collected.</summary>
    public TimeSpan Age => OlderThan ?? TimeSpan.FromDays(14);

    /// <summary>Trees and records stay whose last use was noted later than this: the use itself may be a little later.</summary>
    public DateTimeOffset Limit(DateTimeOffset now) => now - Age - (Age > TimeSpan.Zero ? LastUse.Blur : TimeSpan.Zero);

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

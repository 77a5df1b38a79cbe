namespace Lightnix.Building;

/// <summary>How an execution ended.</summary>
public abstract record BuildOutcome
{
    BuildOutcome() { }

    /// <summary>The reason of a failure in one sentence, as <c>exit code 1</c>; empty for a result.</summary>
    public virtual string Reason => "";

    /// <summary>Absolute paths of the programs that ran, links and shims followed, by the name by which they were called.</summary>
    public ImmutableSortedDictionary<string, string> Programs { get; init; } = Model.Derivation.NoTexts;

    /// <summary>The end of what the builder printed, where the log could not take it (a full disk); else null.</summary>
    public string? Unlogged { get; init; }

    /// <summary>Time that the builder itself used of its time limit.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Time before the builder started in which its script was compiled, here or by another process.</summary>
    public TimeSpan Compiling { get; init; }

    /// <summary>Programs do not count: two runs with equal ends are equal.</summary>
    public virtual bool Equals(BuildOutcome? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>Exit code 0, and nothing left running.</summary>
    public sealed record Completed : BuildOutcome;

    /// <param name="ExitCode">128 and the signal's number when a signal ended the builder; null when it never ran.</param>
    /// <param name="Reason">One sentence, as <c>exit code 1</c> or <c>the C# script does not compile</c>.</param>
    public sealed record Failed(int? ExitCode, string Reason) : BuildOutcome
    {
        public override string Reason { get; } = Reason;

        /// <summary>Sentences about a cure, without a full stop at the end; null where none is known.</summary>
        public string? Hint { get; init; }

        /// <summary>LNX2008, when not empty: processes that still ran after exit code 0. They have been ended.</summary>
        public Leftovers LeftBehind { get; init; } = Leftovers.None;
    }

    /// <summary>Ended by its time limit, with all its children.</summary>
    public sealed record TimedOut(TimeSpan Limit) : BuildOutcome
    {
        public override string Reason => $"ended after its TimeLimit of {Durations.Declared(Limit)}";
    }
}

using System.Collections.Immutable;

namespace Lightnix.Building;

/// <summary>How an execution ended.</summary>
public abstract record BuildOutcome
{
    BuildOutcome() { }

    /// <summary>Why it is no result, in one sentence, as <c>exit code 1</c>; empty where it is one.</summary>
    public virtual string Reason => "";

    /// <summary>
    /// The files that ran, absolute, by the name by which they were called: the builder's own and its tools, in a sandbox all of the user's
    /// own. Links and shims are followed.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Programs { get; init; } = Model.Derivation.NoTexts;

    /// <summary>The end of what the builder printed, where the log file could not take it (a full disk); null: it is in the file.</summary>
    public string? Unlogged { get; init; }

    /// <summary>How long the builder itself ran: of its time limit, so much is used up.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>What ran is no part of how it ended.</summary>
    public virtual bool Equals(BuildOutcome? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>Exit code 0, and nothing left running.</summary>
    public sealed record Completed : BuildOutcome;

    /// <param name="ExitCode">Of the builder, 128 and the signal's number when one ended it; null when it never ran.</param>
    /// <param name="Reason">One sentence, as <c>exit code 1</c> or <c>the C# script does not compile</c>.</param>
    public sealed record Failed(int? ExitCode, string Reason) : BuildOutcome
    {
        public override string Reason { get; } = Reason;

        /// <summary>What its author may do about it, as sentences without a full stop at the end; null where nothing is known.</summary>
        public string? Hint { get; init; }

        /// <summary>
        /// LNX2008, when not empty: processes that were still running after a builder that ended with exit code 0. They have been ended.
        /// </summary>
        public Leftovers LeftBehind { get; init; } = Leftovers.None;
    }

    /// <summary>Ended by its time limit, with all its children.</summary>
    public sealed record TimedOut(TimeSpan Limit) : BuildOutcome
    {
        public override string Reason => $"ended after its TimeLimit of {Limit}";
    }
}

using Lightnix.Matching;
using Lightnix.Planning;

namespace Lightnix.Running;

/// <summary>A run that a matcher asked for.</summary>
/// <param name="Inputs">In the order of the stage's inputs.</param>
/// <param name="Tools">Version texts by tool.</param>
/// <param name="Order">Returns the run's number when the run starts, given the least number that is free in the store.</param>
/// <param name="Reason">Why the stage runs, in a few words.</param>
public sealed record RunOrder(
    PlannedStage Stage,
    Resolved Resolved,
    Reference<Resolved> Reference,
    NextRun Next,
    ImmutableArray<ChosenInput> Inputs,
    ImmutableSortedDictionary<string, string> Tools,
    Func<long, long> Order,
    string Reason)
{
    /// <summary>The collected tree that this run should give again; null where it should give any.</summary>
    public Reference<Tree>? Restores { get; init; }

    /// <summary>Of all runs of this resolved derivation in this build.</summary>
    public FailureLimit Limit { get; init; } = new();
}

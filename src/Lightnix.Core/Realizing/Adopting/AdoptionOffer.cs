using Lightnix.Explaining;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>The results that a stage may adopt.</summary>
/// <param name="Resolved">What the stage resolves to now.</param>
/// <param name="Runs">The results as runs of that; empty where they may not be adopted, or are there.</param>
/// <param name="Causes">Each difference between what the original runs saw and what the stage would see now.</param>
public sealed record AdoptionOffer(PlannedStage Stage, Resolved Resolved, ImmutableArray<Run> Runs, ImmutableArray<Cause> Causes)
{
    /// <summary>What the stage resolved to when the runs were chosen; null where none are offered.</summary>
    public Reference<Resolved>? Before { get; init; }

    /// <summary>Nothing is offered, because the stage has replicates with these numbers already.</summary>
    public bool AreThere { get; init; }

    /// <summary>Why they may not be adopted.</summary>
    public string? Refusal { get; init; }

    public BuildEvent.Offered ToEvent() => new(
        [.. Runs.Select(r => r.Facts.Replicate).Distinct().Order()],
        [.. Runs.Select(r => r.Adopted!.From.Short).Distinct(StringComparer.Ordinal)],
        new(Stage.Name, PlannedAction.Reuse, new() { Changes = Why.Located(Causes, Stage) }));

    public static AdoptionOffer Refused(GroupMember member, string why) =>
        new(member.Stage, member.Resolved.Resolved, [], []) { Refusal = why };
}

using Lightnix.Contracts;
using Lightnix.Matching;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Chooses for a locked build: exactly what the lock file pins, or nothing.</summary>
/// <param name="mismatches">Of <see cref="LockCheck"/>.</param>
/// <param name="folderOf">The folder of a tree, for messages.</param>
/// <param name="command">A command of the tool about this store, for messages.</param>
public sealed class PinnedChooser(
    LockFile file, ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>> mismatches, ILease lease,
        Func<Reference<Tree>, string> folderOf, Func<string, string> command)
    : IChooser
{
    /// <inheritdoc/>
    public ChooserDecision Decide(
        GroupMember member, ImmutableArray<Judged> candidates, IReadOnlySet<NextRun> failed, Func<Judged, bool> isLost)
    {
        if (ChooserDecision.Ask(candidates) is { } ask)
            return ask;
        var pins = file.Stages[member.Stage.Name];
        return Decided(pins, [.. pins.Results.SelectMany(
            r => Problems(member.Stage, r, candidates.FirstOrDefault(j => j.Candidate.Realization == r.Realization)))]);
    }

    /// <inheritdoc/>
    public ChooserDecision Decide(PlannedStage choice, ImmutableArray<Judged> candidates)
    {
        if (ChooserDecision.Ask(candidates) is { } ask)
            return ask;
        var pins = mismatches.ContainsKey(choice.Name) ? null : file.Stages.GetValueOrDefault(choice.Name);
        return Decided(pins, pins is null
            ? mismatches.GetValueOrDefault(choice.Name, [LockErrors.NotPinned(choice)])
            : [.. pins.Results.SelectMany(r => candidates.FirstOrDefault(c => c.Candidate.Realization == r.Realization) is { } judged
                ? judged.Broken.Select(b => BrokenPromiseErrors.OfPin(choice.Name, r.Realization, b, folderOf(judged.Tree)))
                : [LockErrors.NoCandidate(choice, r)])]);
    }

    // Where nothing is pinned, there is a problem.
    static ChooserDecision Decided(LockedStage? pins, ImmutableArray<Diagnostic> problems) =>
        problems.IsEmpty ? new(LockedChoice.Of(pins!), true, null)
            : new(new Decision.Unsatisfied(problems[0].Message), false, null) { Problems = problems };

    IEnumerable<Diagnostic> Problems(PlannedStage stage, ChosenResult pinned, Judged? judged)
    {
        if (judged is null)
            return [LockErrors.NotHere(stage, pinned.Realization.Short, "is not in the store")];
        // A locked build runs nothing, so it needs no bytes of intermediate results.
        if (!stage.Execution.IsIntermediate && !lease.Keep(judged.Tree))
            return [LockErrors.NotHere(stage, pinned.Realization.Short, "was collected from the store")];
        if (judged.Candidate.Rejection is { } reason)
            return [LockErrors.Rejected(stage, pinned.Realization, reason, command)];
        if (judged.Candidate.Unknown is { } unknown)
            return [LockErrors.NotHere(stage, pinned.Realization.Short, $"cannot be judged: {unknown}")];
        return judged.Broken.Select(b => BrokenPromiseErrors.OfPin(stage.Name, pinned.Realization, b, folderOf(judged.Tree)));
    }
}

using Lightnix.Matching;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Chooses for a build that is not locked: what the lock file pins as long as it fits, else what the matcher selects.</summary>
/// <param name="again">True for stages that are chosen again although their pins fit.</param>
public sealed class Chooser(LockFile? file, Func<StageName, bool> again) : IChooser
{
    /// <inheritdoc/>
    public ChooserDecision Decide(
        GroupMember member, ImmutableArray<Judged> candidates, IReadOnlySet<NextRun> failed, Func<Judged, bool> isLost)
    {
        var stage = member.Stage;
        var pins = again(stage.Name) ? null : file?.Stages.GetValueOrDefault(stage.Name);
        if (pins is null || !LockedChoice.Fits(pins, stage.Matcher, member.Resolved.Reference))
            return new(ByMatcher(), false, null);
        if (ChooserDecision.Ask(candidates) is { } ask)
            return ask;
        var lost = candidates.Where(isLost).Select(c => c.Candidate.Realization).ToHashSet();
        return LockedChoice.Obstacle(pins, candidates.Select(c => c.Candidate), lost.Contains) is { } obstacle
            ? new(ByMatcher(), false, obstacle)
            : new(LockedChoice.Of(pins), true, null);

        Decision ByMatcher() => MatcherKinds.Decide(stage.Matcher, candidates.Select(c => c.Candidate), failed);
    }

    // The same candidates give the same choice: what keeps it is that the candidates are pinned.
    /// <inheritdoc/>
    public ChooserDecision Decide(PlannedStage choice, ImmutableArray<Judged> candidates) =>
        new(ChoiceRule.Decide(choice.Matcher, candidates.Select(c => c.Candidate)), false, null);
}

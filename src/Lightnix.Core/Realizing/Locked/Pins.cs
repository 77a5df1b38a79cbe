using System.Collections.Immutable;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>The lock file of a project, as a build looks at it that is not locked: what is pinned is chosen as long as it fits; what no longer fits, the matcher chooses again.</summary>
/// <param name="again">True for stages that are to be chosen again although their pins fit.</param>
public sealed class Pins(LockFile? file, Func<StageName, bool> again)
{
    public static Pins None { get; } = new(null, _ => false);

    /// <summary>What the lock file, or else the matcher, says of a stage.</summary>
    /// <param name="failed">Runs that failed in this build.</param>
    /// <param name="isLost">True for a realization whose tree is gone and cannot be made again.</param>
    public PinnedDecision Decide(
        PlannedStage stage, Reference<Resolved> resolved, ImmutableArray<Judged> candidates, IReadOnlySet<NextRun> failed, Func<Reference<Realization>, bool> isLost)
    {
        var pins = again(stage.Name) ? null : file?.Stages.GetValueOrDefault(stage.Name);
        if (pins is null || !LockRule.Fits(pins, stage.Matcher, resolved))
            return new(ByMatcher(), false, null);
        return LockRule.Obstacle(pins, candidates.Select(c => c.Candidate), isLost) is { } obstacle
            ? new(ByMatcher(), false, obstacle)
            : new(LockRule.Choice(pins), true, null);

        Decision ByMatcher() => MatcherRules.Decide(stage.Matcher, candidates.Select(c => c.Candidate), failed);
    }
}

/// <summary>A decision, and what a lock file has to do with it.</summary>
/// <param name="IsPinned">True where the lock file decided.</param>
/// <param name="Obstacle">Why the lock file did not decide although it fits.</param>
public sealed record PinnedDecision(Decision Decision, bool IsPinned, LockObstacle? Obstacle);

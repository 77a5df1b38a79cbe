using Lightnix.Matching;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Chooses among the results of a stage.</summary>
public interface IChooser
{
    /// <param name="failed">Runs that failed in this build.</param>
    /// <param name="isLost">True for a candidate whose tree is gone and cannot be made again.</param>
    ChooserDecision Decide(
        GroupMember member, ImmutableArray<Judged> candidates, IReadOnlySet<NextRun> failed, Func<Judged, bool> isLost);

    /// <summary>Chooses among what was chosen for the stages that a choice names.</summary>
    ChooserDecision Decide(PlannedStage choice, ImmutableArray<Judged> candidates);
}

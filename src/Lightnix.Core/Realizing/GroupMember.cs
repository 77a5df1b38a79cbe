using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>A stage in a <see cref="StageGroup"/>.</summary>
public sealed record GroupMember(PlannedStage Stage, ResolvedStage Resolved, Demand Demand)
{
    /// <summary>True if another run was asked for, and there is something to run.</summary>
    public bool IsRunAgain => Demand == Demand.RunAgain && Stage.Derivation.Builder.Runs;
}

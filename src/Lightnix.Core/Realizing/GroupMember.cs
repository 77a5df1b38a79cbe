using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>A stage in a <see cref="StageGroup"/>.</summary>
public sealed record GroupMember(PlannedStage Stage, ResolvedStage Resolved, Demand Demand);

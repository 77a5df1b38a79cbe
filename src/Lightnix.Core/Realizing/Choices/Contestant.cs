using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>A result that a choice may take.</summary>
/// <param name="Stage">That the choice names.</param>
/// <param name="Place">Of the stage among those that are named, by project and name.</param>
/// <param name="Result">With the stage that made it as its winner.</param>
/// <param name="Runs">That gave it.</param>
public sealed record Contestant(StageName Stage, int Place, ChosenResult Result, ImmutableArray<RunMark> Runs);

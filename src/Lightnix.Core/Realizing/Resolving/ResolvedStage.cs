using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>A stage with its inputs chosen: what can be matched.</summary>
/// <param name="Inputs">In the order of the stage's inputs.</param>
/// <param name="Tools">Version texts by tool.</param>
public sealed record ResolvedStage(
    Resolved Resolved,
    Reference<Resolved> Reference,
    ImmutableArray<ChosenInput> Inputs,
    ImmutableSortedDictionary<string, string> Tools)
{
    /// <summary>Its first replicate, as a person would run it.</summary>
    public RunOrder FirstRun(PlannedStage stage) => new(stage, Resolved, Reference, new(1, 1), Inputs, Tools, number => number, "a shell");
}

namespace Lightnix.Realizing;

/// <summary>A stage with its inputs chosen: what can be matched.</summary>
/// <param name="Inputs">What was chosen for each input, in the order of the stage's inputs.</param>
/// <param name="Tools">Version texts by tool.</param>
public sealed record ResolvedStage(
    Resolved Resolved,
    Reference<Resolved> Reference,
    ImmutableArray<Choice> Inputs,
    ImmutableSortedDictionary<string, string> Tools);

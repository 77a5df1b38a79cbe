using Lightnix.Planning;

namespace Lightnix.Running;

/// <summary>An input of a stage, and what was chosen for it.</summary>
public sealed record ChosenInput(PlannedInput Input, Choice Choice)
{
    /// <summary>The context of a run: the realizations that it sees, by where each input is.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<Reference<Realization>>> ContextOf(IEnumerable<ChosenInput> inputs) =>
        inputs.ToImmutableSortedDictionary(i => i.Input.At, i => i.Choice.Realizations.ToImmutableArray(), Utf8Order.Instance);
}

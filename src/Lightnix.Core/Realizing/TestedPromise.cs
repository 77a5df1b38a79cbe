using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>A promise as it is declared now, tested against what the last build chose.</summary>
/// <param name="Chosen">How many realizations were chosen; 0 where there is no choice, or where it was collected.</param>
/// <param name="Broken">Why it does not hold, one sentence for each reason.</param>
public sealed record TestedPromise(PlannedStage Stage, Promise Promise, int Chosen, ImmutableArray<string> Broken)
{
    /// <summary>True where the last build tried and had nothing to choose.</summary>
    public bool Failed { get; init; }

    /// <summary>The first chosen result that breaks it, in the store.</summary>
    public string? Folder { get; init; }

    public bool IsKept => Chosen > 0 && Broken.IsEmpty;
}

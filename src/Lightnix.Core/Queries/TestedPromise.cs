using Lightnix.Planning;

namespace Lightnix.Queries;

/// <summary>A promise as it is declared now, tested against what the last build chose.</summary>
/// <param name="Chosen">How many realizations were chosen; 0 where there is no choice, or where it was collected.</param>
/// <param name="Broken">Why it does not hold, one sentence for each reason; where nothing was chosen, why no result keeps it.</param>
public sealed record TestedPromise(PlannedStage Stage, Promise Promise, int Chosen, ImmutableArray<string> Broken)
{
    /// <summary>Of a stage for which the last build could not choose: what is known of it; else null.</summary>
    public UnchosenStage? Unchosen { get; init; }

    /// <summary>A result that breaks it, in the store.</summary>
    public string? Folder { get; init; }

    /// <summary>It is not kept, and only choices that skip failures read the stage: a build reports a warning.</summary>
    public bool IsSkipped { get; init; }

    public bool IsKept => Chosen > 0 && Broken.IsEmpty;
}

/// <summary>A stage that the last build tried, and for which it could not choose.</summary>
/// <param name="Results">How many results it has that were not rejected and are in the store.</param>
/// <param name="Failure">Why its last run failed; null where no run did.</param>
public sealed record UnchosenStage(int Results, string? Failure);

using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Matching;

/// <summary>A realization as a matcher sees it.</summary>
/// <param name="Runs">Every completed run that gave it; at least one.</param>
/// <param name="KeepsPromises">The verdict of the stage's promises on its tree.</param>
/// <param name="Metric">Null where the matcher has none or it could not be read.</param>
/// <param name="MetricText">The number as the file has it, for messages.</param>
/// <param name="Ineligible">Why it cannot be chosen (a broken promise, an unreadable metric); null: it can.</param>
/// <param name="Rejection">Why a person rejected it: never chosen, but its replicates stay used. Null: it is not rejected.</param>
/// <param name="Lost">Its tree was collected, and a later attempt of its replicate gave another: it counts, and cannot be chosen any more.</param>
public sealed record Candidate(
    Reference<Realization> Realization,
    ImmutableArray<RunMark> Runs,
    bool KeepsPromises,
    double? Metric = null,
    string? MetricText = null,
    string? Ineligible = null,
    string? Rejection = null,
    bool Lost = false)
{
    public bool Rejected => Rejection is not null;

    public bool IsEligible => !Rejected && !Lost && KeepsPromises && Ineligible is null;
}

/// <summary>What a matcher knows of a run.</summary>
public sealed record RunMark(int Replicate, int Attempt, long Order);

using Lightnix.Contracts;

namespace Lightnix.Matching;

/// <summary>A realization as a matcher sees it.</summary>
/// <param name="Runs">The completed runs that count and gave it; at least one. Of a replicate, the first completed attempt counts.</param>
/// <param name="KeepsPromises">The verdict of the stage's promises on its tree; false where it is not known.</param>
/// <param name="Metric">Null where the matcher has none or it could not be read.</param>
/// <param name="MetricText">The number as the file has it, for messages.</param>
/// <param name="Ineligible">Why it cannot be chosen (a broken promise, an unreadable metric); null: it can.</param>
public sealed record Candidate(
    Reference<Realization> Realization,
    ImmutableArray<RunMark> Runs,
    bool KeepsPromises,
    double? Metric = null,
    string? MetricText = null,
    string? Ineligible = null)
{
    /// <summary>Why a person rejected it: it is never chosen, but its replicates stay used. Null: it is not rejected.</summary>
    public string? Rejection { get; init; }

    /// <summary>
    /// Its tree was collected, and a later attempt of its replicate gave another: it counts, and cannot be chosen any more.
    /// </summary>
    public bool Lost { get; init; }

    /// <summary>True if only repetitions of replicates gave it, whose first completed attempts gave other results: no matcher chooses it,
    /// unless that counts attempts or names it.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>Why its promises and its metric cannot be judged here: its files were collected. Null: they can.</summary>
    public string? Unknown { get; init; }

    /// <summary>Of a choice: the number of its stage among the named ones, by project and name. Decides before the replicate.</summary>
    public int Place { get; init; }

    /// <summary>Of a choice: its stage, for messages.</summary>
    public StageName? Stage { get; init; }

    /// <summary>Questions about it that are not answered yet. Until they are, its promises and its metric mean nothing.</summary>
    public ImmutableArray<Question> Open { get; init; } = [];

    public bool Rejected => Rejection is not null;

    /// <summary>True where a name of <c>Exact</c> begins its reference.</summary>
    public bool IsNamed(string name) => Realization.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>True if it is known that it breaks a promise.</summary>
    public bool IsBroken => !KeepsPromises && Unknown is null;

    public bool IsEligible => !IsRepeat && !Rejected && !Lost && KeepsPromises && Ineligible is null && Open.IsEmpty;
}

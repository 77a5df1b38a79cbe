namespace Lightnix.Matching;

/// <summary>What a matcher decides on: all candidates of one resolved derivation, and those that may be chosen. Both are sorted by
/// reference.</summary>
/// <param name="Failed">Runs that failed in this build.</param>
public sealed record Candidates(Matcher Matcher, ImmutableArray<Candidate> All, ImmutableArray<Candidate> Eligible,
    IReadOnlySet<NextRun> Failed)
{
    public static Candidates Of(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed)
    {
        var all = candidates.Where(c => !c.IsRepeat).OrderBy(c => c.Realization).ToImmutableArray();
        return new(matcher, all, [.. all.Where(c => c.IsEligible && HasMetric(matcher, c))], failed);
    }

    /// <summary>All open questions, for a matcher that decides on judged candidates only; null where all are judged.</summary>
    internal Decision.Ask? Ask =>
        All.SelectMany(c => c.Open).ToImmutableArray() is { IsEmpty: false } open ? new Decision.Ask(open) : null;

    /// <summary>Why the others may not be chosen, in numbers: <c>2 break a promise, 1 is rejected</c>; empty when all may be.</summary>
    internal string Obstacles => string.Join(", ", new[]
    {
        Count(All.Count(c => c.Rejected), "is rejected", "are rejected", WhyRejected),
        Count(All.Count(c => !c.Rejected && c.Lost), "was collected and could not be made again",
            "were collected and could not be made again"),
        Count(All.Count(c => !c.Rejected && !c.Lost && c.Unknown is not null), "cannot be judged", "cannot be judged", WhyUnknown),
        Count(All.Count(c => !c.Rejected && !c.Lost && c.IsBroken), "breaks a promise", "break a promise"),
        Count(All.Count(LacksMetric), "has no readable metric", "have no readable metric", WhyNoMetric),
    }.Where(s => s.Length > 0));

    // Of several, the first says enough.
    string? WhyRejected => All.FirstOrDefault(c => c.Rejected)?.Rejection is { } why ? Visible.Short(why) : null;

    string? WhyUnknown => All.FirstOrDefault(c => c.Unknown is not null)?.Unknown;
    string? WhyNoMetric => All.FirstOrDefault(LacksMetric)?.Ineligible;

    internal bool LacksMetric(Candidate candidate) =>
        candidate is { Rejected: false, Lost: false, KeepsPromises: true } && !(candidate.IsEligible && HasMetric(Matcher, candidate));

    static string Count(int n, string one, string several, string? why = null) =>
        n == 0 ? "" : FormattableString.Invariant($"{n} {(n == 1 ? one : several)}{(why is null ? "" : $": {why}")}");

    // A candidate without a metric should say why; this holds even where it does not.
    static bool HasMetric(Matcher matcher, Candidate candidate) =>
        matcher.Metric is null || candidate.Metric is { } metric && double.IsFinite(metric);
}

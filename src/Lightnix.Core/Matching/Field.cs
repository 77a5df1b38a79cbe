using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Matching;

/// <summary>All candidates of one resolved derivation, and those of them that may be chosen; both by reference, so that no order leaks in.</summary>
internal sealed record Field(ImmutableArray<Candidate> All, ImmutableArray<Candidate> Eligible)
{
    public static Field Of(Matcher matcher, IEnumerable<Candidate> candidates)
    {
        var all = candidates.OrderBy(c => c.Realization).ToImmutableArray();
        return new(all, [.. all.Where(c => c.IsEligible && HasMetric(matcher, c))]);
    }

    /// <summary>Why the others may not be chosen, in numbers: <c>2 break a promise, 1 is rejected</c>; empty when all may be.</summary>
    public string Obstacles(Matcher matcher) => string.Join(", ", new[]
    {
        Count(All.Count(c => c.Rejected), "is rejected", "are rejected", WhyRejected),
        Count(All.Count(c => !c.Rejected && c.Lost), "was collected and could not be made again", "were collected and could not be made again"),
        Count(All.Count(c => !c.Rejected && !c.Lost && !c.KeepsPromises), "breaks a promise", "break a promise"),
        Count(All.Count(c => LacksMetric(matcher, c)), "has no readable metric", "have no readable metric", WhyNoMetric(matcher)),
    }.Where(s => s.Length > 0));

    static string Count(int n, string one, string several, string? why = null) =>
        n == 0 ? "" : FormattableString.Invariant($"{n} {(n == 1 ? one : several)}{(why is null ? "" : $": {why}")}");

    string? WhyRejected => All.FirstOrDefault(c => c.Rejected)?.Rejection is { } why ? Visible.Short(why) : null;

    // Of several, the first says enough.
    string? WhyNoMetric(Matcher matcher) => All.FirstOrDefault(c => LacksMetric(matcher, c))?.Ineligible;

    public static bool LacksMetric(Matcher matcher, Candidate candidate) =>
        candidate is { Rejected: false, Lost: false, KeepsPromises: true } && !(candidate.IsEligible && HasMetric(matcher, candidate));

    // Who gives candidates also says why a metric could not be read; this holds even where it did not.
    static bool HasMetric(Matcher matcher, Candidate candidate) => matcher.Metric is null || candidate.Metric is { } metric && double.IsFinite(metric);
}

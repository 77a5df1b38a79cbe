namespace Lightnix.Matching;

/// <summary>
/// Chooses among eligible candidates once there are enough. Every order ends with the reference: nothing is left to chance.
/// </summary>
internal static class Ranking
{
    public static Decision.Selected Among(Matcher matcher, ImmutableArray<Candidate> eligible)
    {
        var chosen = matcher.Select switch
        {
            Select.Best => ByMetric(eligible, matcher.LowestIsBest).Take(matcher.Take),
            Select.Median => ByMetric(eligible, lowestFirst: true).Skip((eligible.Length - 1) / 2).Take(1),
            Select.All or Select.Only => eligible.OrderBy(c => c.Place).ThenBy(c => c.Realization),
            _ => NewestFirst(eligible).Take(matcher.Take),
        };
        return new([.. chosen.Select(c => c.Realization)], Hint(matcher, eligible.Length, eligible[0].Stage is not null));
    }

    static IEnumerable<Candidate> ByMetric(IEnumerable<Candidate> eligible, bool lowestFirst) =>
        (lowestFirst ? eligible.OrderBy(c => c.Metric) : eligible.OrderByDescending(c => c.Metric))
            .ThenBy(c => c.Place)
            .ThenBy(c => c.Runs.Min(r => r.Replicate))
            .ThenBy(c => c.Realization);

    // A realization is as new as its newest run. Two machines may have given one order to runs of theirs.
    static IEnumerable<Candidate> NewestFirst(IEnumerable<Candidate> eligible) =>
        eligible.OrderByDescending(c => c.Runs.Max(r => (r.Order, r.Replicate, r.Attempt))).ThenBy(c => c.Realization);

    static string? Hint(Matcher matcher, int distinct, bool isOfStages)
    {
        if (matcher.Select is not (Select.Latest or Select.Best) || distinct >= matcher.Take)
            return null;
        var found = distinct == 1 ? "is 1 distinct result" : FormattableString.Invariant($"are {distinct} distinct results");
        return FormattableString.Invariant($"Take is {matcher.Take}, but there {found}")
            + (isOfStages ? "" : ": replicates came out the same, byte for byte");
    }
}

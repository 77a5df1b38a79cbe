namespace Lightnix.Matching;

/// <summary><c>Best</c>: those with the best metric.</summary>
sealed class BestKind : ReplicateKind
{
    public override IEnumerable<Candidate> Rank(Matcher matcher, ImmutableArray<Candidate> eligible) =>
        ByMetric(eligible, matcher.LowestIsBest).Take(matcher.Take);

    protected override string? Hint(Matcher matcher, int distinct) => FewerThan(matcher.Take, distinct);
}

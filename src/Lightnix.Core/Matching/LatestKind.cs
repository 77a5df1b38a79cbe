namespace Lightnix.Matching;

/// <summary><c>Latest</c>: those last made.</summary>
sealed class LatestKind : ReplicateKind
{
    // A realization is as new as its newest run. Two machines may have given one order to runs of theirs.
    public override IEnumerable<Candidate> Rank(Matcher matcher, ImmutableArray<Candidate> eligible) =>
        eligible.OrderByDescending(c => c.Runs.Max(r => (r.Order, r.Replicate, r.Attempt))).ThenBy(c => c.Realization).Take(matcher.Take);

    protected override string? Hint(Matcher matcher, int distinct) => FewerThan(matcher.Take, distinct);
}

namespace Lightnix.Matching;

/// <summary><c>Median</c>: the middle one by metric.</summary>
sealed class MedianKind : ReplicateKind
{
    public override IEnumerable<Candidate> Rank(Matcher matcher, ImmutableArray<Candidate> eligible) =>
        ByMetric(eligible, lowestFirst: true).Skip((eligible.Length - 1) / 2).Take(1);
}

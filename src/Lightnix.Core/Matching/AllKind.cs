namespace Lightnix.Matching;

/// <summary><c>All</c>: every one that keeps its promises.</summary>
sealed class AllKind : ReplicateKind
{
    public override IEnumerable<Candidate> Rank(Matcher matcher, ImmutableArray<Candidate> eligible) =>
        eligible.OrderBy(c => c.Place).ThenBy(c => c.Realization);

    protected override int Wanted(Matcher matcher) => 1;
}

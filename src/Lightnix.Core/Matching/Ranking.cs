namespace Lightnix.Matching;

/// <summary>Candidates in the order in which a matcher prefers them, for people.</summary>
public static class Ranking
{
    /// <summary>Those that may be chosen first, the preferred one at the top; then the others, by replicate.</summary>
    public static ImmutableArray<Candidate> Of(Matcher matcher, IEnumerable<Candidate> candidates)
    {
        var all = Candidates.Of(matcher, candidates, ImmutableSortedSet<NextRun>.Empty);
        var ranked = Ranked(matcher, all.Eligible).ToImmutableArray();
        return [.. ranked, .. all.All.Except(ranked).OrderBy(c => c.Place).ThenBy(c => c.Runs.Min(r => r.Replicate))];
    }

    static IEnumerable<Candidate> Ranked(Matcher matcher, ImmutableArray<Candidate> eligible) => matcher.Select switch
    {
        Select.Median => new BestKind().Rank(matcher with { Take = eligible.Length, LowestIsBest = true }, eligible),
        Select.Quorum => eligible.OrderByDescending(RunCounts.Votes).ThenBy(c => c.Realization),
        Select.Exact => eligible.OrderBy(c => Place(matcher, c)).ThenBy(c => c.Realization),
        _ => ((IChoiceKind)MatcherKinds.Of(matcher)).Rank(matcher with { Take = Math.Max(1, eligible.Length) }, eligible),
    };

    static int Place(Matcher matcher, Candidate candidate) =>
        matcher.Realizations.Select((name, i) => candidate.IsNamed(name) ? i : int.MaxValue).DefaultIfEmpty(int.MaxValue).Min();
}

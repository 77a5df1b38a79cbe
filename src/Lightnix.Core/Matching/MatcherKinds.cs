namespace Lightnix.Matching;

/// <summary>Every kind of matcher, each registered once.</summary>
public static class MatcherKinds
{
    /// <exception cref="ArgumentOutOfRangeException">No kind is registered for the word.</exception>
    public static IMatcherKind Of(Matcher matcher) => matcher.Select switch
    {
        Select.Latest => new LatestKind(),
        Select.Best => new BestKind(),
        Select.Median => new MedianKind(),
        Select.All => new AllKind(),
        Select.Only => new OnlyKind(),
        Select.Quorum => new QuorumKind(),
        Select.Exact => new ExactKind(),
        _ => throw new ArgumentOutOfRangeException(nameof(matcher), matcher.Select, null),
    };

    /// <param name="candidates">Every realization of one resolved derivation, each once, in any order.</param>
    /// <param name="failed">Runs that failed in this build; they are not asked for again.</param>
    public static Decision Decide(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed) =>
        Of(matcher).Decide(Candidates.Of(matcher, candidates, failed));

    /// <summary>The next new replicate of <c>LightnixRun</c> (of a quorum: the next attempt), whatever the matcher decides.</summary>
    public static NextRun Next(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed) =>
        Of(matcher).Next(Candidates.Of(matcher, candidates, failed));
}

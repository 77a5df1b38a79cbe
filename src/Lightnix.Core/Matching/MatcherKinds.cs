namespace Lightnix.Matching;

/// <summary>Every kind of matcher, each registered once.</summary>
public static class MatcherKinds
{
    static readonly ImmutableSortedDictionary<Select, IMatcherKind> Kinds = ImmutableSortedDictionary<Select, IMatcherKind>.Empty
        .Add(Select.Latest, new LatestKind())
        .Add(Select.Best, new BestKind())
        .Add(Select.Median, new MedianKind())
        .Add(Select.All, new AllKind())
        .Add(Select.Only, new OnlyKind())
        .Add(Select.Quorum, new QuorumKind())
        .Add(Select.Exact, new ExactKind());

    /// <exception cref="KeyNotFoundException">No kind is registered for the word.</exception>
    public static IMatcherKind Of(Matcher matcher) => Kinds[matcher.Select];

    /// <param name="candidates">Every realization of one resolved derivation, each once, in any order.</param>
    /// <param name="failed">Runs that failed in this build; they are not asked for again.</param>
    public static Decision Decide(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed) =>
        Of(matcher).Decide(Candidates.Of(matcher, candidates, failed));

    /// <summary>The next new replicate of <c>LightnixRun</c> (of a quorum: the next attempt), whatever the matcher decides.</summary>
    public static NextRun Next(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed) =>
        Of(matcher).Next(Candidates.Of(matcher, candidates, failed));
}

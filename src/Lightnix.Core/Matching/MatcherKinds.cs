namespace Lightnix.Matching;

/// <summary>Every kind of matcher, each registered once.</summary>
public static class MatcherKinds
{
    static readonly ImmutableSortedDictionary<Select, IMatcherKind> Kinds = ImmutableSortedDictionary<Select, IMatcherKind>.Empty
        .Add(Select.Latest, new ReplicateRule())
        .Add(Select.Best, new ReplicateRule())
        .Add(Select.Median, new ReplicateRule())
        .Add(Select.All, new ReplicateRule())
        .Add(Select.Only, new ReplicateRule())
        .Add(Select.Quorum, new QuorumRule())
        .Add(Select.Exact, new ExactRule());

    /// <param name="candidates">Every realization of one resolved derivation, each once, in any order.</param>
    /// <param name="failed">Runs that failed in this build; they are not asked for again.</param>
    public static Decision Decide(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed) =>
        Kinds[matcher.Select].Decide(Candidates.Of(matcher, candidates, failed));

    /// <summary>The next new replicate of <c>LightnixRun</c> (of a quorum: the next attempt), whatever the matcher decides.</summary>
    public static NextRun Next(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed) =>
        Kinds[matcher.Select].Next(Candidates.Of(matcher, candidates, failed));
}

using Lightnix.Model;

namespace Lightnix.Matching;

/// <summary>The pure function behind every matcher: the same runs give the same decision, whatever their order.</summary>
public static class MatcherRules
{
    /// <param name="candidates">Every realization of one resolved derivation, in any order.</param>
    /// <param name="failed">Runs that failed in this build; they are not asked for again.</param>
    public static Decision Decide(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed) => throw new NotImplementedException();

    /// <summary>The next new replicate of <c>LightnixRun</c> (of a quorum: the next attempt), whatever the matcher says.</summary>
    public static NextRun Next(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed) => throw new NotImplementedException();
}

using Lightnix.Model;

namespace Lightnix.Matching;

/// <summary>The pure function behind every matcher: the same runs give the same decision, whatever their order.</summary>
public static class MatcherRules
{
    /// <param name="candidates">Every realization of one resolved derivation, each once, in any order.</param>
    /// <param name="failed">Runs that failed in this build; they are not asked for again.</param>
    public static Decision Decide(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed)
    {
        var field = Field.Of(matcher, candidates);
        return matcher.Select switch
        {
            Select.Exact => ExactRule.Decide(matcher, field),
            Select.Quorum => QuorumRule.Decide(matcher, field, Tally.OfAttempts(matcher, field, failed)),
            _ => ReplicateRule.Decide(matcher, field, Tally.OfReplicates(matcher, field, failed)),
        };
    }

    /// <summary>The next new replicate of <c>LightnixRun</c> (of a quorum: the next attempt), whatever the matcher says.</summary>
    public static NextRun Next(Matcher matcher, IEnumerable<Candidate> candidates, IReadOnlySet<NextRun> failed)
    {
        var field = Field.Of(matcher, candidates);
        var tally = matcher.Select == Select.Quorum ? Tally.OfAttempts(matcher, field, failed) : Tally.OfReplicates(matcher, field, failed);
        return tally.Next(1).Single();
    }
}

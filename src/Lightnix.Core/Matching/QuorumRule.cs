using Lightnix.Model;

namespace Lightnix.Matching;

/// <summary>The tree that most attempts of replicate 1 gave, byte for byte; each attempt is a vote.</summary>
internal static class QuorumRule
{
    public static Decision Decide(Matcher matcher, Field field, Tally tally)
    {
        var ranked = field.Eligible.OrderByDescending(Tally.Votes).ThenBy(c => c.Realization);
        var votes = ranked.Select(Tally.Votes).FirstOrDefault();
        if (votes >= matcher.Take)
            return new Decision.Selected([ranked.First().Realization], null);

        var reason = FormattableString.Invariant($"{tally.All} {(tally.All == 1 ? "attempt" : "attempts")} completed, at most {votes} of them gave one tree that may be chosen, and {matcher.Take} must");
        if (field.Obstacles(matcher) is { Length: > 0 } obstacles)
            reason += $" ({obstacles})";

        var missing = Math.Min(Math.Max(matcher.Take - tally.Completed, 1), tally.Left);
        // What cannot be reached any more is not tried: a vote costs as much as a training.
        return votes + tally.Left >= matcher.Take
            ? new Decision.RunMore(tally.Next(missing), reason)
            : new Decision.Unsatisfied(reason + tally.Limit);
    }
}

namespace Lightnix.Matching;

/// <summary><c>Quorum</c>: the tree that most attempts of replicate 1 gave, byte for byte. Each attempt is a vote.</summary>
sealed class QuorumKind : IMatcherKind
{
    public bool AnotherRunMayHelp => true;

    public Decision Decide(Candidates candidates)
    {
        if (candidates.Ask is { } ask)
            return ask;
        var (matcher, counts) = (candidates.Matcher, RunCounts.OfAttempts(candidates));
        var ranked = candidates.Eligible.OrderByDescending(RunCounts.Votes).ThenBy(c => c.Realization);
        var votes = ranked.Select(RunCounts.Votes).FirstOrDefault();
        if (votes >= matcher.Take)
            return new Decision.Selected([ranked.First().Realization], null);

        var reason = string.Create(CultureInfo.InvariantCulture,
            $"{counts.All} {(counts.All == 1 ? "attempt" : "attempts")} completed, at most {votes} of them gave one tree that may be "
            + $"chosen, and {matcher.Take} must");
        if (candidates.Obstacles is { Length: > 0 } obstacles)
            reason += $" ({obstacles})";

        var missing = Math.Min(Math.Max(matcher.Take - counts.Completed, 1), counts.Left);
        // A quorum that cannot be reached any more is not tried: each vote is a run.
        return votes + counts.Left >= matcher.Take
            ? new Decision.RunMore(counts.Next(missing), reason)
            : new Decision.Unsatisfied(reason + counts.Limit);
    }

    public NextRun Next(Candidates candidates) => RunCounts.OfAttempts(candidates).Next(1).Single();

    public bool Wants(Candidates candidates, Candidate candidate) => true;
}

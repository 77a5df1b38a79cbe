namespace Lightnix.Matching;

/// <summary>Every matcher that counts replicates: <c>Latest</c>, <c>Best</c>, <c>Median</c>, <c>All</c>, <c>Only</c>.</summary>
sealed class ReplicateRule : IMatcherKind
{
    public Decision Decide(Candidates candidates)
    {
        if (candidates.Ask is { } ask)
            return ask;
        var (matcher, counts) = (candidates.Matcher, RunCounts.OfReplicates(candidates));
        // More runs cannot make one of two.
        if (matcher.Select == Select.Only && candidates.Eligible is [var one, var other, ..])
            return new Decision.Unsatisfied(Several(candidates.Eligible.Length, one, other));

        var missing = Math.Min(matcher.AtLeast - counts.Completed, counts.Left);
        if (missing > 0)
            return new Decision.RunMore(counts.Next(missing), Lacking(candidates, counts));

        if (counts.Completed >= matcher.AtLeast && Keeping(candidates) >= Wanted(matcher))
            return Ranking.Among(matcher, candidates.Eligible);

        return counts.Completed >= matcher.AtLeast && counts.Left > 0
            ? new Decision.RunMore(counts.Next(1), Lacking(candidates, counts))
            : new Decision.Unsatisfied(Lacking(candidates, counts) + counts.Limit);
    }

    public NextRun Next(Candidates candidates) => RunCounts.OfReplicates(candidates).Next(1).Single();

    static int Wanted(Matcher matcher) => matcher.Select is Select.All or Select.Only ? 1 : matcher.Take;

    static int Keeping(Candidates candidates) => candidates.Eligible.SelectMany(c => c.Runs).Select(r => r.Replicate).Distinct().Count();

    static string Lacking(Candidates candidates, RunCounts counts)
    {
        var matcher = candidates.Matcher;
        if (matcher.AtLeast == 1 && counts.Left > 0 && candidates.All is [{ Rejection: { } why }])
            return $"its only result was rejected: {Visible.Short(why)}";
        // What is rejected completed too, and another replicate takes its place.
        var needed = matcher.AtLeast + counts.Replaced;
        var completed = counts.All > needed
            ? FormattableString.Invariant($"{counts.All} replicates completed, where {needed} would do")
            : FormattableString.Invariant($"{counts.All} of {needed} {(needed == 1 ? "replicate" : "replicates")} completed");
        if (counts.All == 0)
            return completed;
        var keeping = Keeping(candidates);
        var obstacles = candidates.Obstacles;
        // A rejected result may keep every promise, and so may one whose metric cannot be read.
        var judged = keeping == 1 ? "keeps its promises" : "keep their promises";
        if (candidates.All.Any(c => c.Rejected || c.Lost || candidates.LacksMetric(c)))
            judged = "may be chosen";
        return FormattableString.Invariant($"{completed}, {keeping} of them {judged}")
            + (keeping < Wanted(matcher) && Wanted(matcher) > 1 ? FormattableString.Invariant($" where {Wanted(matcher)} should") : "")
            + (obstacles.Length > 0 ? FormattableString.Invariant(
                $" (of {candidates.All.Length} distinct {(candidates.All.Length == 1 ? "result" : "results")}, {obstacles})") : "");
    }

    static string Several(int count, Candidate one, Candidate other) => string.Create(CultureInfo.InvariantCulture,
        $"Only wants one distinct result that keeps its promises, and there are {count}: {one.Realization.Short} ({Made(one)}) and "
            + $"{other.Realization.Short} ({Made(other)}){(count > 2 ? " among them" : "")}");

    static string Made(Candidate candidate) =>
        "replicate " + string.Join(", ", candidate.Runs.Select(r => r.Replicate).Order().Distinct()
            .Select(n => n.ToString(CultureInfo.InvariantCulture)));
}

namespace Lightnix.Matching;

/// <summary>A matcher that counts replicates, and chooses once there are enough.</summary>
abstract class ReplicateKind : IMatcherKind, IChoiceKind
{
    /// <inheritdoc/>
    public virtual bool AnotherRunMayHelp => true;

    /// <inheritdoc/>
    /// <remarks>Every order ends with the reference.</remarks>
    public abstract IEnumerable<Candidate> Rank(Matcher matcher, ImmutableArray<Candidate> eligible);

    /// <summary>How many replicates must give a result that may be chosen.</summary>
    protected virtual int Wanted(Matcher matcher) => matcher.Take;

    /// <summary>Worth reporting about a choice among so many distinct results; or null.</summary>
    protected virtual string? Hint(Matcher matcher, int distinct) => null;

    /// <summary>Why no run can satisfy it any more; null while one may.</summary>
    protected virtual string? Hopeless(Candidates candidates) => null;

    /// <inheritdoc/>
    public virtual bool Wants(Candidates candidates, Candidate candidate) => true;

    /// <inheritdoc/>
    public Decision Decide(Candidates candidates)
    {
        if (candidates.Ask is { } ask)
            return ask;
        if (Hopeless(candidates) is { } hopeless)
            return new Decision.Unsatisfied(hopeless);
        var (matcher, counts) = (candidates.Matcher, RunCounts.OfReplicates(candidates));
        var missing = Math.Min(matcher.AtLeast - counts.Completed, counts.Left);
        if (missing > 0)
            return new Decision.RunMore(counts.Next(missing), Lacking(candidates, counts));

        if (counts.Completed >= matcher.AtLeast && Keeping(candidates) >= Wanted(matcher))
            return new Decision.Selected(
                [.. Rank(matcher, candidates.Eligible).Select(c => c.Realization)], Hint(matcher, candidates.Eligible.Length));

        return counts.Completed >= matcher.AtLeast && counts.Left > 0
            ? new Decision.RunMore(counts.Next(1), Lacking(candidates, counts))
            : new Decision.Unsatisfied(Lacking(candidates, counts) + counts.Limit);
    }

    /// <inheritdoc/>
    public NextRun Next(Candidates candidates) => RunCounts.OfReplicates(candidates).Next(1).Single();

    /// <summary>The hint of a kind that takes several.</summary>
    protected static string? FewerThan(int wanted, int distinct)
    {
        if (distinct >= wanted)
            return null;
        var found = distinct == 1 ? "is 1 distinct result" : FormattableString.Invariant($"are {distinct} distinct results");
        return FormattableString.Invariant($"Take is {wanted}, but there {found}: replicates came out the same, byte for byte");
    }

    /// <summary>By metric; of equal ones the first stage of a choice, then the lower replicate.</summary>
    protected static IEnumerable<Candidate> ByMetric(IEnumerable<Candidate> eligible, bool lowestFirst) =>
        (lowestFirst ? eligible.OrderBy(c => c.Metric) : eligible.OrderByDescending(c => c.Metric))
            .ThenBy(c => c.Place)
            .ThenBy(c => c.Runs.Min(r => r.Replicate))
            .ThenBy(c => c.Realization);

    static int Keeping(Candidates candidates) => candidates.Eligible.SelectMany(c => c.Runs).Select(r => r.Replicate).Distinct().Count();

    string Lacking(Candidates candidates, RunCounts counts)
    {
        var matcher = candidates.Matcher;
        if (matcher.AtLeast == 1 && counts.Left > 0 && candidates.All is [{ Rejection: { } why }])
            return $"its only result was rejected: {Visible.Short(why)}";
        // What is rejected completed too, and another replicate takes its place.
        var needed = matcher.AtLeast + counts.Replaced;
        var completed = counts.All > needed
            ? FormattableString.Invariant($"{counts.All} replicates completed, and AtLeast asks for {needed}")
            : FormattableString.Invariant($"{counts.All} of {needed} {(needed == 1 ? "replicate" : "replicates")} completed");
        if (counts.All == 0)
            return completed;
        var keeping = Keeping(candidates);
        var obstacles = candidates.Obstacles;
        // A rejected result may keep every promise, and so may one whose metric cannot be read.
        var judged = keeping == 1 ? "keeps its promises" : "keep their promises";
        if (candidates.All.Any(c => c.Rejected || c.Lost || c.Unknown is not null || candidates.LacksMetric(c)))
            judged = "may be chosen";
        return FormattableString.Invariant($"{completed}, {keeping} of them {judged}")
            + (keeping < Wanted(matcher) && Wanted(matcher) > 1 ? FormattableString.Invariant($" where {Wanted(matcher)} should") : "")
            + (obstacles.Length > 0 ? FormattableString.Invariant(
                $" (of {candidates.All.Length} distinct {(candidates.All.Length == 1 ? "result" : "results")}, {obstacles})") : "");
    }
}

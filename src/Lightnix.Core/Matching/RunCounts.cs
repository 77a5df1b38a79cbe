namespace Lightnix.Matching;

/// <summary>Runs of one resolved derivation, counted: replicates, or for a quorum attempts of replicate 1. From them follows what may still
/// run.</summary>
/// <param name="Completed">Those that count against <c>AtLeast</c> and <c>AtMost</c>.</param>
/// <param name="Replaced">Those that completed and do not count, because a person rejected their result.</param>
/// <param name="Failed">Those that failed in this build and did not complete elsewhere meanwhile: they use up the budget of this build
/// only.</param>
/// <param name="Used">Numbers that are not given again in this build.</param>
sealed record RunCounts(int Completed, int Replaced, int Failed, int AtMost, ImmutableSortedSet<int> Used, Func<int, NextRun> Number)
{
    /// <summary>All that completed, also those that do not count.</summary>
    public int All => Completed + Replaced;

    /// <summary>The limit, for messages.</summary>
    public string Limit => string.Create(CultureInfo.InvariantCulture,
        $"{(Failed > 0 ? $"; {Failed} failed in this build" : "")}; AtMost is "
            + $"{AtMost}{(Replaced > 0 ? $", and {Replaced} more in place of what is rejected" : "")}");

    /// <summary>Runs that may still be made.</summary>
    public int Left => Math.Max(0, AtMost - Completed - Failed);

    /// <summary>A replicate is counted once, however often and wherever it was run.</summary>
    public static RunCounts OfReplicates(Candidates candidates)
    {
        var completed = Numbers(candidates.All, r => r.Replicate);
        var kept = Numbers(candidates.All.Where(c => !c.Rejected), r => r.Replicate);
        var replaced = ReplacedOf(candidates.All, completed.Count - kept.Count);
        return Of(candidates, (completed.Count - replaced, replaced), completed, candidates.Failed.Select(f => f.Replicate),
            n => new(n, 1));
    }

    /// <summary>Every run of replicate 1 is an attempt, also where two machines gave theirs the same number.</summary>
    public static RunCounts OfAttempts(Candidates candidates)
    {
        var tried = candidates.All.Where(c => Votes(c) > 0).ToImmutableArray();
        var used = Numbers(tried, r => r.Replicate == 1 ? r.Attempt : 0).Remove(0);
        var replaced = ReplacedOf(tried, tried.Where(c => c.Rejected).Sum(Votes));
        var failed = candidates.Failed.Where(f => f.Replicate == 1).Select(f => f.Attempt);
        return Of(candidates, (tried.Sum(Votes) - replaced, replaced), used, failed, n => new(1, n));
    }

    /// <summary>How many attempts of replicate 1 gave this tree.</summary>
    public static int Votes(Candidate candidate) => candidate.Runs.Count(r => r.Replicate == 1);

    /// <summary>The lowest numbers from 1 that have neither completed nor failed in this build.</summary>
    public ImmutableArray<NextRun> Next(int count) =>
        [.. Enumerable.Range(1, Used.Count + count).Where(n => !Used.Contains(n)).Take(count).Select(Number)];

    static RunCounts Of(
        Candidates candidates, (int Counted, int Replaced) completed, ImmutableSortedSet<int> used, IEnumerable<int> failed,
            Func<int, NextRun> number)
    {
        var lost = failed.ToImmutableSortedSet().Except(used);
        return new(completed.Counted, completed.Replaced, lost.Count, candidates.Matcher.AtMost, used.Union(lost), number);
    }

    // Each rejected result gives back one run, but no more than the runs that gave only rejected results. Otherwise a deterministic
    // stage, which gives the rejected result again, would run without end.
    static int ReplacedOf(IEnumerable<Candidate> candidates, int lost) => Math.Min(candidates.Count(c => c.Rejected), lost);

    static ImmutableSortedSet<int> Numbers(IEnumerable<Candidate> candidates, Func<RunMark, int> number) =>
        [.. candidates.SelectMany(c => c.Runs).Select(number)];
}

using Lightnix.Contracts;
using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>The results of one stage as its matcher sees them. Each is judged once, and only as far as the matcher asks.</summary>
public sealed class StageCandidates(JudgedBy rules, IJudge judge, ITrees trees)
{
    readonly Judging _judging = new(rules, judge);

    /// <summary>Lets a matcher decide, and answers what it asks until it asks no more.</summary>
    /// <param name="decide">The decision for candidates, of which some may not be judged yet.</param>
    public ValueTask<(ImmutableArray<Judged> Candidates, T Decided)> DecideAsync<T>(
        History history, Func<ImmutableArray<Judged>, (Decision Decision, T Decided)> decide, CancellationToken cancellationToken) =>
        _judging.DecideAsync(known => Of(history, known), decide, cancellationToken);

    /// <summary>Every realization of a history, all of them judged, sorted by reference.</summary>
    public ValueTask<ImmutableArray<Judged>> JudgeAsync(History history, CancellationToken cancellationToken) =>
        _judging.AllAsync(known => Of(history, known), cancellationToken);

    ImmutableArray<Judged> Of(History history, Func<Question, Answer?> known)
    {
        var rejected = history.Rejections.GroupBy(r => r.Realization).ToDictionary(g => g.Key, g => g.MaxBy(r => r.When)!.Reason);
        var replicates = history.Runs.ToLookup(r => r.Facts.Replicate);
        return [.. history.Runs.GroupBy(r => r.Tree).Select(g => Judge(g.Key, [.. g], rejected, replicates, known))
            .OrderBy(c => c.Candidate.Realization)];
    }

    Judged Judge(Reference<Tree> tree, ImmutableArray<Run> runs, Dictionary<Reference<Realization>, string> rejected,
        ILookup<int, Run> replicates, Func<Question, Answer?> known)
    {
        var other = Other(tree, runs, replicates);
        var lost = other is null ? null : FormattableString.Invariant(
            $"it was collected from the store, and attempt {other.Facts.Attempt} of replicate {other.Facts.Replicate} gave another result");
        var marks = runs.Select(r => new RunMark(r.Facts.Replicate, r.Facts.Attempt, r.Facts.Order));
        var judged = _judging.Judge(runs[0].Realization, tree, [.. marks.OrderBy(m => m.Replicate).ThenBy(m => m.Attempt)], known);
        return judged with
        {
            Candidate = judged.Candidate with
            {
                Ineligible = lost ?? judged.Candidate.Ineligible,
                Rejection = rejected.GetValueOrDefault(runs[0].Realization),
                Lost = other is not null,
            },
        };
    }

    // A collected tree does not come back where its replicate, run again since, gave another. Records alone say so: no build tries in vain
    // twice, and a tree that is there again is chosen as before.
    Run? Other(Reference<Tree> tree, ImmutableArray<Run> runs, ILookup<int, Run> replicates)
    {
        var (replicate, last) = (runs.Min(r => r.Facts.Replicate), runs.Max(r => r.Facts.Order));
        var other = replicates[replicate].FirstOrDefault(r => r.Tree != tree && r.Facts.Order > last);
        return other is null || trees.Contains(tree) ? null : other;
    }
}

using Lightnix.Contracts;
using Lightnix.Matching;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>The results of one stage as its matcher sees them. Each is judged once, and only as far as the matcher asks.</summary>
public sealed class StageCandidates(PlannedStage stage, IJudge judge, ITrees trees)
{
    readonly Judging _judging = new(stage, judge);

    /// <summary>Lets a matcher decide, and answers what it asks until it asks no more.</summary>
    /// <param name="decide">The decision for candidates, of which some may not be judged yet.</param>
    public ValueTask<(ImmutableArray<Judged> Candidates, T Decided)> DecideAsync<T>(
        History history, Func<ImmutableArray<Judged>, (Decision Decision, T Decided)> decide, CancellationToken cancellationToken)
    {
        var results = Results(history);
        return _judging.DecideAsync(known => [.. results.Select(r => Judge(r, known))], decide, cancellationToken);
    }

    /// <summary>Every realization of a history, all of them judged, sorted by reference.</summary>
    public async ValueTask<ImmutableArray<Judged>> JudgeAsync(History history, CancellationToken cancellationToken)
    {
        var (candidates, _) = await DecideAsync(history, AskAll, cancellationToken).ConfigureAwait(false);
        return candidates;

        static (Decision, bool) AskAll(ImmutableArray<Judged> candidates) =>
            (candidates.SelectMany(c => c.Candidate.Open).ToImmutableArray() is { IsEmpty: false } open ? new Decision.Ask(open)
                : new Decision.Unsatisfied(""), true);
    }

    // What does not depend on answers, sorted by reference.
    ImmutableArray<Result> Results(History history)
    {
        var rejected = history.Rejections.GroupBy(r => r.Realization).ToDictionary(g => g.Key, g => g.MaxBy(r => r.When)!.Reason);
        var replicates = history.Runs.ToLookup(r => r.Facts.Replicate);
        return [.. history.Runs.GroupBy(r => r.Tree).Select(g => Of([.. g])).OrderBy(r => r.Realization)];

        Result Of(ImmutableArray<Run> runs)
        {
            var realization = runs[0].Realization;
            return new(realization, runs[0].Tree, Marks(runs), rejected.GetValueOrDefault(realization),
                Lost(runs[0].Tree, runs, replicates));
        }
    }

    static ImmutableArray<RunMark> Marks(ImmutableArray<Run> runs) =>
    [
        .. runs.Select(r => new RunMark(r.Facts.Replicate, r.Facts.Attempt, r.Facts.Order))
            .OrderBy(m => m.Replicate).ThenBy(m => m.Attempt),
    ];

    Judged Judge(Result result, Func<Question, Answer?> known)
    {
        var judged = _judging.Judge(result.Realization, result.Tree, result.Runs, known);
        return judged with
        {
            Candidate = judged.Candidate with
            {
                Ineligible = result.Lost ?? judged.Candidate.Ineligible,
                Rejection = result.Rejection,
                Lost = result.Lost is not null,
            },
        };
    }

    // A collected tree does not come back where its replicate, run again since, gave another. Records alone say so: no build tries in vain
    // twice, and a tree that is there again is chosen as before.
    string? Lost(Reference<Tree> tree, ImmutableArray<Run> runs, ILookup<int, Run> replicates)
    {
        var (replicate, last) = (runs.Min(r => r.Facts.Replicate), runs.Max(r => r.Facts.Order));
        var other = replicates[replicate].FirstOrDefault(r => r.Tree != tree && r.Facts.Order > last);
        return other is null || trees.Contains(tree) ? null : FormattableString.Invariant(
            $"it was collected from the store, and attempt {other.Facts.Attempt} of replicate {other.Facts.Replicate} gave another result");
    }

    /// <param name="Lost">Why it cannot come back; null where nothing is against it.</param>
    sealed record Result(Reference<Realization> Realization, Reference<Tree> Tree, ImmutableArray<RunMark> Runs, string? Rejection,
        string? Lost);
}

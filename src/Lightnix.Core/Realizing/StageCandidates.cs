using Lightnix.Contracts;
using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>The results of one stage as its matcher sees them. Each is judged once, and only as far as the matcher asks.</summary>
public sealed class StageCandidates(JudgedBy rules, IJudge judge, ITrees trees)
{
    readonly Judging _judging = new(rules, judge);

    // Exact names its results, and each attempt is a vote of a quorum.
    readonly bool _countsAttempts = rules.Matcher.Select is Select.Quorum or Select.Exact;

    /// <summary>Lets a matcher decide, and answers what it asks until it asks no more. If it needs a result whose bytes were collected,
    /// and a later attempt gave another one, that takes its place, and the matcher decides again.</summary>
    /// <param name="decide">The decision for candidates, of which some may not be judged yet.</param>
    public async ValueTask<(ImmutableArray<Judged> Candidates, T Decided)> DecideAsync<T>(
        History history, Func<ImmutableArray<Judged>, (Decision Decision, T Decided)> decide, CancellationToken cancellationToken)
    {
        var lost = ImmutableHashSet<Reference<Tree>>.Empty;
        while (true)
        {
            var results = Results(history, lost);
            Decision? last = null;
            var (candidates, decided) = await _judging
                .DecideAsync(known => [.. results.Select(r => Judge(r, known))], Remember, cancellationToken).ConfigureAwait(false);
            var more = lost.Union(Needed(last!, candidates).Where(c => Other(c.Tree, history) is not null).Select(c => c.Tree));
            if (more.Count == lost.Count)
                return (candidates, decided);
            lost = more;

            (Decision Decision, T Decided) Remember(ImmutableArray<Judged> judged)
            {
                var both = decide(judged);
                last = both.Decision;
                return both;
            }
        }
    }

    /// <summary>Every realization of a history, all of them judged, sorted by reference.</summary>
    public async ValueTask<ImmutableArray<Judged>> JudgeAsync(History history, CancellationToken cancellationToken)
    {
        var (candidates, _) = await DecideAsync(history, Judging.AskAll, cancellationToken).ConfigureAwait(false);
        return candidates;
    }

    // What is chosen, and without a choice what could not be judged.
    static IEnumerable<Judged> Needed(Decision decision, ImmutableArray<Judged> candidates) => decision switch
    {
        Decision.Selected selected => candidates.Where(c => selected.Realizations.Contains(c.Candidate.Realization)),
        Decision.Unsatisfied => candidates.Where(c => c.Candidate.Unknown is not null),
        _ => [],
    };

    // What does not depend on answers, sorted by reference.
    ImmutableArray<Result> Results(History history, ImmutableHashSet<Reference<Tree>> lost)
    {
        var rejected = history.Rejections.GroupBy(r => r.Realization).ToDictionary(g => g.Key, g => g.MaxBy(r => r.When)!.Reason);
        var counted = Counted(history.Runs, lost);
        return [.. history.Runs.GroupBy(r => r.Tree).Select(g => Of(g.Key, [.. g])).OrderBy(r => r.Realization)];

        Result Of(Reference<Tree> tree, ImmutableArray<Run> all)
        {
            ImmutableArray<Run> runs = [.. all.Where(counted.Contains)];
            var realization = all[0].Realization;
            return new(realization, tree, Marks(runs.IsEmpty ? all : runs), IsRepeat: runs.IsEmpty)
            {
                Rejection = rejected.GetValueOrDefault(realization),
                Lost = lost.Contains(tree) ? Other(tree, history) : null,
            };
        }
    }

    // Looking at how much a stage varies must move no choice: a repetition of a replicate counts only in the place of a lost result.
    HashSet<Run> Counted(ImmutableArray<Run> runs, ImmutableHashSet<Reference<Tree>> lost)
    {
        var counted = new HashSet<Run>(ReferenceEqualityComparer.Instance);
        foreach (var replicate in runs.GroupBy(r => r.Facts.Replicate))
        {
            var attempts = replicate.ToArray();
            counted.UnionWith(_countsAttempts || attempts.Length == 1 ? attempts : Counted(attempts, lost));
        }
        return counted;
    }

    // Of two machines, each may have made the first attempt. Only accepts a single result, so it must see both.
    IEnumerable<Run> Counted(Run[] attempts, ImmutableHashSet<Reference<Tree>> lost)
    {
        Run[] inOrder = [.. attempts];
        Array.Sort(inOrder, InOrder);
        return Array.Find(inOrder, r => !lost.Contains(r.Tree)) is not { } first ? inOrder
            : inOrder.TakeWhile(r => r != first).Append(first).Concat(inOrder.Where(r => rules.Matcher.Select == Select.Only
                && r.Facts.Attempt == first.Facts.Attempt));
    }

    // References are made only where nothing else decides.
    static int InOrder(Run a, Run b)
    {
        var order = (a.Facts.Attempt, a.Facts.Order).CompareTo((b.Facts.Attempt, b.Facts.Order));
        return order != 0 ? order : a.Reference().CompareTo(b.Reference());
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
                Ineligible = result.WhyLost ?? judged.Candidate.Ineligible,
                Rejection = result.Rejection,
                Lost = result.Lost is not null,
                IsRepeat = result.IsRepeat,
            },
        };
    }

    // A collected tree does not come back where its replicate, run again since, gave another. Records alone say so: no build tries in vain
    // twice, and a tree that is there again is chosen as before.
    Run? Other(Reference<Tree> tree, History history)
    {
        if (history.Runs.Length == 1)
            return null;
        var runs = history.Runs.Where(r => r.Tree == tree).ToArray();
        var (replicate, last) = (runs.Min(r => r.Facts.Replicate), runs.Max(r => r.Facts.Order));
        var other = history.Runs.FirstOrDefault(r => r.Facts.Replicate == replicate && r.Tree != tree && r.Facts.Order > last);
        return other is null || trees.Contains(tree) ? null : other;
    }

    /// <param name="IsRepeat">As of <see cref="Candidate.IsRepeat"/>.</param>
    sealed record Result(Reference<Realization> Realization, Reference<Tree> Tree, ImmutableArray<RunMark> Runs, bool IsRepeat)
    {
        public string? Rejection { get; init; }

        /// <summary>The run that gave another result since; null where nothing is against it.</summary>
        public Run? Lost { get; init; }

        public string? WhyLost => Lost is not { Facts: var facts } ? null : FormattableString.Invariant(
            $"it was collected from the store, and attempt {facts.Attempt} of replicate {facts.Replicate} gave another result");
    }
}

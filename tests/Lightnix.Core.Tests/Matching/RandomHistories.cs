using CsCheck;
using Lightnix.Model;

namespace Lightnix.Matching;

/// <summary>What holds for every matcher and every history, however it came to be.</summary>
public sealed class RandomHistories
{
    static readonly Gen<Matcher> Matchers =
        from kind in Gen.Enum<Select>()
        from take in kind == Select.Quorum ? Gen.Int[2, 4] : Gen.Int[1, 3]
        from atLeast in Gen.Int[1, 5]
        from more in Gen.Int[0, 4]
        from lowest in Gen.Bool
        select new Matcher
        {
            Select = kind,
            Take = take,
            AtLeast = atLeast,
            AtMost = Math.Max(atLeast, kind == Select.Quorum ? 2 * take - 1 : take) + more,
            LowestIsBest = lowest,
            Metric = kind is Select.Best or Select.Median ? new(RelativePath.Parse("m"), null) : null,
            Realizations = kind == Select.Exact ? ["3", "5"] : [],
        };

    // What a builder does when it is run: it fails, or gives one of a few trees. What is true of a tree is fixed by the tree.
    static readonly Gen<int> Results = Gen.Int[-2, 9];

    static readonly Gen<ImmutableArray<Made>> Histories =
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[1, 20], Gen.Int[0, 9],
            (replicate, attempt, order, tree) => new Made(tree, new(replicate, attempt, order)))
            .Array[0, 8].Select(runs => runs.ToImmutableArray());

    static readonly Gen<ImmutableArray<int>> Behaviours = Results.Array[40].Select(r => r.ToImmutableArray());

    sealed record Made(int Tree, RunMark Mark);

    [Fact]
    public void The_order_of_candidates_and_of_their_runs_does_not_matter() =>
        Gen.Select(Matchers, Histories, Gen.Int).Sample((matcher, history, chance) =>
            Same(MatcherKinds.Decide(matcher, Candidates(history), NoneFailed),
                MatcherKinds.Decide(matcher, Shuffled(Candidates(Shuffled(history, chance)), chance), NoneFailed)));

    [Fact]
    public void Asked_twice_it_says_the_same() =>
        Gen.Select(Matchers, Histories).Sample((matcher, history) =>
            Same(MatcherKinds.Decide(matcher, Candidates(history), NoneFailed),
                MatcherKinds.Decide(matcher, Candidates(history), NoneFailed)));

    [Fact]
    public void Nothing_ineligible_is_ever_chosen() =>
        Gen.Select(Matchers, Histories).Sample((matcher, history) =>
            MatcherKinds.Decide(matcher, Candidates(history), NoneFailed) is not Decision.Selected selected
            || (selected.Realizations.Length > 0 && selected.Realizations.Distinct().Count() == selected.Realizations.Length
                && selected.Realizations.All(r => Candidates(history).Single(c => c.Realization == r).IsEligible)));

    [Fact]
    public void It_ends_within_its_budget() =>
        Gen.Select(Matchers, Histories, Behaviours).Sample((matcher, history, behaviour) =>
        {
            var rejected = Candidates([.. history.Concat(behaviour.Where(b => b >= 0).Select(b => new Made(b, new(1, 1, 1))))])
                .Count(c => c.Rejected);
            return Build(matcher, history, behaviour, chance: 0).Tries <= matcher.AtMost + rejected;
        });

    [Fact]
    public void It_never_asks_for_a_number_that_is_used() =>
        Gen.Select(Matchers, Histories, Behaviours).Sample((matcher, history, behaviour) =>
        {
            var asked = Build(matcher, history, behaviour, chance: 0).Asked;
            return asked.Distinct().Count() == asked.Length
                && (matcher.Select == Select.Quorum
                    ? asked.All(a => a.Replicate == 1 && !history.Any(m => m.Mark.Replicate == 1 && m.Mark.Attempt == a.Attempt))
                    : asked.All(a => a.Attempt == 1 && !history.Any(m => m.Mark.Replicate == a.Replicate)));
        });

    [Fact]
    public void What_ran_side_by_side_may_complete_in_any_order() =>
        Gen.Select(Matchers.Where(m => m.Select != Select.Latest), Histories, Behaviours, Gen.Int)
            .Sample((matcher, history, behaviour, chance) =>
            Same(Build(matcher, history, behaviour, chance: 0).End, Build(matcher, history, behaviour, chance).End));

    [Fact]
    public void Also_for_the_latest_when_the_order_was_taken_at_the_start() =>
        Gen.Select(Matchers, Histories, Behaviours, Gen.Int).Sample((matcher, history, behaviour, chance) =>
            Same(Build(matcher, history, behaviour, 0, orderAtStart: true).End,
                Build(matcher, history, behaviour, chance, orderAtStart: true).End));

    [Fact]
    public void The_next_build_runs_nothing_when_nothing_failed() =>
        Gen.Select(Matchers, Histories, Behaviours).Sample((matcher, history, behaviour) =>
        {
            var first = Build(matcher, history, behaviour, chance: 0);
            var again = Build(matcher, first.History, behaviour, chance: 0);
            return first.Failures > 0 || again.Tries == 0 && Same(first.End, again.End);
        });

    [Fact]
    public void What_is_satisfied_runs_nothing_whatever_is_added() =>
        Gen.Select(Matchers, Histories, Histories).Sample((matcher, history, added) =>
            MatcherKinds.Decide(matcher, Candidates(history), NoneFailed) is not Decision.Selected
            || MatcherKinds.Decide(matcher, Candidates([.. history, .. added.Where(a => !IsRejected(a.Tree))]),
                NoneFailed) is not Decision.RunMore);

    [Fact]
    public void A_new_replicate_gets_a_new_number() =>
        Gen.Select(Matchers, Histories).Sample((matcher, history) =>
        {
            var next = MatcherKinds.Next(matcher, Candidates(history), NoneFailed);
            return !history.Any(m => m.Mark.Replicate == next.Replicate
                && (matcher.Select != Select.Quorum || m.Mark.Attempt == next.Attempt));
        });

    static readonly ImmutableHashSet<NextRun> NoneFailed = [];

    static bool IsRejected(int tree) => tree == 7;

    static ImmutableArray<Candidate> Candidates(ImmutableArray<Made> history) =>
        [.. history.GroupBy(m => m.Tree).Select(g => new Candidate(
            Written.Tree((char)('0' + g.Key)),
            [.. g.Select(m => m.Mark)],
            KeepsPromises: g.Key is not (0 or 2 or 8),
            Metric: g.Key % 3,
            Ineligible: g.Key == 4 ? "no metric" : null)
        {
            Rejection = IsRejected(g.Key) ? "no good" : null,
        })];

    /// <summary>
    /// A build with a fake builder: what a run gives depends on its numbers only; <paramref name="chance"/> shuffles what runs side by
    /// side.
    /// </summary>
    static (Decision End, int Tries, int Failures, ImmutableArray<NextRun> Asked, ImmutableArray<Made> History) Build(
        Matcher matcher, ImmutableArray<Made> history, ImmutableArray<int> behaviour, int chance, bool orderAtStart = false)
    {
        var failed = NoneFailed;
        var asked = ImmutableArray.CreateBuilder<NextRun>();
        for (var tries = 0; ;)
        {
            var decision = MatcherKinds.Decide(matcher, Candidates(history), failed);
            if (decision is not Decision.RunMore more)
                return (decision, tries, failed.Count, asked.ToImmutable(), history);
            Assert.NotEmpty(more.Runs);
            asked.AddRange(more.Runs);
            var before = history.Select(m => m.Mark.Order).DefaultIfEmpty(0).Max();
            var ran = ImmutableArray.CreateBuilder<Made>();
            foreach (var run in Shuffled(more.Runs, chance))
            {
                Assert.True(++tries < 100, "it does not end");
                var gives = behaviour[(run.Replicate * 7 + run.Attempt) % behaviour.Length];
                if (gives < 0)
                    failed = failed.Add(run);
                else
                    ran.Add(new(gives, new(run.Replicate, run.Attempt, before + (orderAtStart ? more.Runs.IndexOf(run) : ran.Count) + 1)));
            }
            history = history.AddRange(ran);
        }
    }

    static ImmutableArray<T> Shuffled<T>(ImmutableArray<T> items, int chance) =>
        chance == 0 ? items
            : [.. items.Select((item, i) => (item, i)).OrderBy(x => unchecked((chance + 1) * (x.i + 3) * 2654435761)).Select(x => x.item)];

    static bool Same(Decision one, Decision other) => (one, other) switch
    {
        (Decision.Selected a, Decision.Selected b) => a.Realizations.SequenceEqual(b.Realizations) && a.Hint == b.Hint,
        (Decision.RunMore a, Decision.RunMore b) => a.Runs.SequenceEqual(b.Runs) && a.Reason == b.Reason,
        (Decision.Unsatisfied a, Decision.Unsatisfied b) => a.Reason == b.Reason,
        _ => false,
    };
}

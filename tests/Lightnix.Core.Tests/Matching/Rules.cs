using Lightnix.Hashing;

namespace Lightnix.Matching;

/// <summary>One test for each rule under the table of matchers.</summary>
public sealed class Rules
{
    [Fact]
    public void AtLeast_counts_distinct_replicates() => Is("run 2 3", "Latest AtLeast=3", "a1 b1.2 a1.3");

    [Fact]
    public void AtLeast_counts_broken_ones_too() => Is("select a", "Latest AtLeast=3", "a1 b2! c3!");

    [Fact]
    public void Next_replicate_is_the_lowest_that_neither_completed_nor_failed() => Is("run 2 5", "Latest AtLeast=4 AtMost=9", "a1 b4 -3");

    [Fact]
    public void Up_to_AtLeast_side_by_side_then_one_at_a_time()
    {
        Is("run 1 2 3", "Best AtLeast=3 AtMost=6", "");
        Is("run 4", "Best AtLeast=3 AtMost=6", "a1=1! b2=1! c3=1!");
    }

    [Fact]
    public void A_failed_replicate_uses_up_budget_of_this_build()
    {
        Is("run 4 5", "Latest AtLeast=5", "a1 b2 -3");
        Is("fail", "Latest AtLeast=5", "a1 b2 c4 d5 -3");
        Is("run 3", "Latest AtLeast=5", "a1 b2 c4 d5");
    }

    [Fact]
    public void What_failed_here_and_completed_elsewhere_is_completed() => Is("select a", "Latest", "a1 -1");

    [Fact]
    public void AtMost_bounds_completed_replicates_whenever_they_were_made() => Is("fail", "Latest AtMost=3", "a1! b2! c3!");

    [Fact]
    public void AtMost_reached_runs_nothing_again_and_says_so_in_numbers()
    {
        var failed = Assert.IsType<Decision.Unsatisfied>(Written.Decide("Best AtLeast=5", "a1=1! b2=1! c3=1! d4=1! e5=1!"));

        Assert.Equal("5 of 5 replicates completed, 0 of them keep their promises (of 5 distinct results, 5 break a promise); AtMost is 5",
            failed.Reason);
    }

    [Fact]
    public void Unsatisfied_by_failures_says_how_many()
    {
        var failed = Assert.IsType<Decision.Unsatisfied>(Written.Decide("Latest AtLeast=2", "a1 -2"));

        Assert.Equal("1 of 2 replicates completed, 1 of them keeps its promises; 1 failed in this build; AtMost is 2", failed.Reason);
    }

    [Fact]
    public void Asking_for_more_says_what_is_lacking() =>
        Assert.Equal("2 of 5 replicates completed, 2 of them keep their promises",
            Assert.IsType<Decision.RunMore>(Written.Decide("Best AtLeast=5", "a1=1 b2=1")).Reason);

    [Fact]
    public void Too_few_distinct_results_are_a_hint()
    {
        var selected = Assert.IsType<Decision.Selected>(Written.Decide("Latest Take=3", "a1 a2 a3"));

        Assert.Equal("Take is 3, but there is 1 distinct result: replicates came out the same, byte for byte", selected.Hint);
    }

    [Fact]
    public void Enough_distinct_results_need_no_hint() =>
        Assert.Null(Assert.IsType<Decision.Selected>(Written.Decide("Latest Take=2", "a1 b2")).Hint);

    [Fact]
    public void Only_names_both()
    {
        var failed = Assert.IsType<Decision.Unsatisfied>(Written.Decide("Only", "b2 a1"));

        Assert.Equal(
            "Only wants one distinct result that keeps its promises, and there are 2: aaaaaaaaaaaa (replicate 1) and bbbbbbbbbbbb "
            + "(replicate 2)", failed.Reason);
    }

    [Fact]
    public void An_unreadable_metric_makes_ineligible() =>
        Assert.Contains("1 has no readable metric", Assert.IsType<Decision.Unsatisfied>(Written.Decide("Best", "a1?")).Reason,
            StringComparison.Ordinal);

    [Fact]
    public void An_unreadable_metric_is_reported_with_its_reason() => Assert.Contains(
        "1 has no readable metric: accuracy.txt is not UTF-8",
        Assert.IsType<Decision.Unsatisfied>(MatcherKinds.Decide(
            Written.Matcher("Best"), [new Candidate(Written.Tree('a'), [new(1, 1, 1)], true, Ineligible: "accuracy.txt is not UTF-8")],
                new HashSet<NextRun>())).Reason,
        StringComparison.Ordinal);

    [Fact]
    public void A_metric_that_is_not_finite_is_none()
    {
        Candidate[] candidates = [new(Written.Tree('a'), [new(1, 1, 1)], true, double.NaN),
            new(Written.Tree('b'), [new(2, 1, 2)], true, double.PositiveInfinity), new(Written.Tree('c'), [new(3, 1, 3)], true, -5)];

        Assert.Equal("select c",
            Written.Decision(MatcherKinds.Decide(Written.Matcher("Best AtLeast=3"), candidates, new HashSet<NextRun>())));
    }

    [Fact]
    public void Last_made_goes_by_order_then_replicate_then_attempt_then_reference()
    {
        static string Latest(RunMark one, RunMark other) => Written.Decision(MatcherKinds.Decide(
            Written.Matcher("Latest"), [new(Written.Tree('a'), [one], true), new(Written.Tree('b'), [other], true)],
                new HashSet<NextRun>()));

        Assert.Equal("select b", Latest(new(9, 9, 1), new(1, 1, 2)));
        Assert.Equal("select b", Latest(new(1, 9, 1), new(2, 1, 1)));
        Assert.Equal("select b", Latest(new(1, 1, 1), new(1, 2, 1)));
        Assert.Equal("select a", Latest(new(1, 1, 1), new(1, 1, 1)));
    }

    [Fact]
    public void A_rejected_result_is_never_chosen_and_another_is_made_in_its_place()
    {
        Is("run 2", "Latest", "a1x");
        Is("select b", "Latest", "a1x b2");
        Is("run 6", "Best AtLeast=5", "a1=1x b2=1 c3=1 d4=1 e5=1");
    }

    [Fact]
    public void A_rejected_result_that_comes_out_again_is_not_run_for_ever()
    {
        Is("fail", "Latest", "a1x a2x");
        Is("fail", "Quorum", "a1x a1.2x a1.3x");
    }

    [Fact]
    public void Numbers_of_rejected_results_stay_used() => Is("run 3", "Latest AtLeast=2", "a1x b2");

    [Fact]
    public void Exact_says_what_is_wrong_with_each()
    {
        static string Reason(string matcher, string history) =>
            Assert.IsType<Decision.Unsatisfied>(Written.Decide(matcher, history)).Reason;

        Assert.Equal("there is no realization 'd' built from these inputs; realization 'a' is rejected",
            Reason("Exact Realizations=d,a", "a1x"));
        Assert.Equal("realization 'a' breaks its promises", Reason("Exact Realizations=a", "a1!"));
    }

    [Fact]
    public void An_ambiguous_prefix_names_what_it_could_mean()
    {
        Candidate[] candidates = [.. "ab".Select(c => new Candidate(new(Digest.Parse("77" + new string(c, 62))), [new(1, 1, 1)], true))];

        var failed = Assert.IsType<Decision.Unsatisfied>(
            MatcherKinds.Decide(Written.Matcher("Exact Realizations=77"), candidates, new HashSet<NextRun>()));

        Assert.Equal("'77' begins the references of 77aaaaaaaaaa, 77bbbbbbbbbb: write more of it", failed.Reason);
    }

    [Theory]
    [InlineData("Latest", "", 1, 1)]
    [InlineData("Latest", "a1 b2", 3, 1)]
    [InlineData("Latest", "a1 b3 -2", 4, 1)]
    [InlineData("Best AtLeast=2", "a1=1 b2=1", 3, 1)]
    [InlineData("Exact Realizations=a", "a1", 2, 1)]
    [InlineData("Quorum", "a1 b1.2 c2", 1, 3)]
    public void Run_on_demand_gets_the_next_number_whatever_the_matcher_says(string matcher, string history, int replicate, int attempt)
    {
        var (candidates, failed) = Written.History(history);

        Assert.Equal(new NextRun(replicate, attempt), MatcherKinds.Next(Written.Matcher(matcher), candidates, failed));
    }

    static void Is(string expected, string matcher, string history) =>
        Assert.Equal(expected, Written.Decision(Written.Decide(matcher, history)));
}

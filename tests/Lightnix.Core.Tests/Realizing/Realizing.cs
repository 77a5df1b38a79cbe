using System.Globalization;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

public class A_second_build
{
    [Fact]
    public async Task Runs_nothing()
    {
        var bench = new Bench();
        bench.Stage("a", "a", _ => "1");
        bench.Stage("b", "b", m => m.One("a") + "2", ["a"]);

        var first = await bench.BuildAsync();

        Assert.Equal("12", bench.Result(first, "b"));
        Assert.Equal(["a#1", "b#1"], bench.Ran());
        await bench.BuildAsync();
        Assert.Empty(bench.Ran());
        Assert.All(bench.Events.OfType<BuildEvent.Selected>(), s => Assert.Equal(0, s.Ran));
    }
}

public class Early_cut_off
{
    [Fact]
    public async Task Runs_the_edited_stage_and_nothing_below_when_its_result_is_the_same()
    {
        var bench = new Bench();
        bench.Stage("a", "a", _ => "1");
        bench.Stage("b", "b", m => m.One("a") + "2", ["a"]);
        bench.Stage("c", "c", m => m.One("b") + "3", ["b"]);
        await bench.BuildAsync();
        bench.Ran();

        bench.Stage("a", "a # a comment", _ => "1");
        bench.Stage("b", "b", m => m.One("a") + "2", ["a"]);
        bench.Stage("c", "c", m => m.One("b") + "3", ["b"]);
        await bench.BuildAsync();

        Assert.Equal(["a#1"], bench.Ran());
    }

    [Fact]
    public async Task A_changed_result_runs_what_depends_on_it()
    {
        var bench = new Bench();
        bench.Stage("a", "a", _ => "1");
        bench.Stage("b", "b", m => m.One("a") + "2", ["a"]);
        bench.Stage("side", "side", _ => "s");
        await bench.BuildAsync();
        bench.Ran();

        bench.Stage("a", "a2", _ => "9");
        bench.Stage("b", "b", m => m.One("a") + "2", ["a"]);
        var outcomes = await bench.BuildAsync();

        Assert.Equal(["a#1", "b#1"], bench.Ran());
        Assert.Equal("92", bench.Result(outcomes, "b"));
    }

    [Fact]
    public async Task A_renamed_stage_is_not_run_again()
    {
        var old = new Bench();
        old.Stage("a", "a", _ => "1");
        await old.BuildAsync();
        old.Ran();

        old.Stage("z", "a", _ => "1");
        await old.BuildAsync(only: ["z"]);

        Assert.Empty(old.Ran());
    }
}

public class The_diamond
{
    [Fact]
    public async Task Sees_one_choice_of_its_random_base()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 20; trial++)
        {
            var bench = new Bench();
            bench.Stage("a", "a", _ => random.Next().ToString(CultureInfo.InvariantCulture), matcher: Bench.Best(3));
            bench.Stage("b", "b", m => m.One("a"), ["a"]);
            bench.Stage("c", "c", m => m.One("a"), ["a"]);
            bench.Stage("d", "d", m => m.One("b") + "=" + m.One("c"), ["b", "c"]);

            var halves = bench.Result(await bench.BuildAsync(), "d").Split('=');

            Assert.Equal(halves[0], halves[1]);
            Assert.Equal(6, bench.Ran().Length);
        }
    }

    [Fact]
    public async Task A_realization_made_from_another_choice_does_not_count()
    {
        // base is random; dep1 was built from one base and comes from another store; dep2 is built here from another: both must end with one base.
        var other = new Bench();
        other.Stage("base", "base", _ => "monday");
        other.Stage("dep1", "dep1", m => m.One("base"), ["base"]);
        await other.BuildAsync();
        var here = new Bench();
        here.Stage("base", "base", m => m.Replicate == 1 ? "tuesday" : "wednesday");
        here.Stage("dep1", "dep1", m => m.One("base"), ["base"]);
        here.Stage("dep2", "dep2", m => m.One("base"), ["base"]);
        here.Stage("both", "both", m => m.One("dep1") + m.One("dep2"), ["dep1", "dep2"]);

        var outcomes = await here.BuildAsync();

        Assert.Equal("tuesdaytuesday", here.Result(outcomes, "both"));
    }
}

public class A_matcher_in_a_build
{
    [Fact]
    public async Task Best_of_five_runs_five_and_chooses_the_highest()
    {
        var bench = new Bench();
        bench.Stage("model", "train", m => (0.5 + m.Replicate * (m.Replicate == 4 ? 0.1 : 0.01)).ToString(CultureInfo.InvariantCulture), matcher: Bench.Best(5));

        var outcomes = await bench.BuildAsync();

        Assert.Equal("0.9", bench.Result(outcomes, "model"));
        Assert.Equal(["model#1", "model#2", "model#3", "model#4", "model#5"], bench.Ran());
    }

    [Fact]
    public async Task Changed_to_want_two_more_runs_two_more_and_says_when_the_choice_changed()
    {
        var bench = new Bench();
        bench.Stage("model", "train", Score, matcher: Bench.Best(5));
        await bench.BuildAsync();
        bench.Ran();

        bench.Stage("model", "train", Score, matcher: Bench.Best(7));
        var outcomes = await bench.BuildAsync();

        Assert.Equal(["model#6", "model#7"], bench.Ran());
        Assert.Equal("7", bench.Result(outcomes, "model"));
        Assert.Equal("the matcher changed, and replicate 7 was made since", Assert.Single(bench.Events.OfType<BuildEvent.ChoiceChanged>()).Cause);

        bench.Stage("model", "train", Score);
        await bench.BuildAsync();
        Assert.Empty(bench.Ran());

        static string Score(Bench.Making m) => m.Replicate.ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Two_stages_alike_share_all_runs_before_either_is_matched()
    {
        var bench = new Bench();
        bench.Stage("first", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture), matcher: new Matcher { Select = Select.Best, Metric = new(RelativePath.Parse("result"), null) });
        bench.Stage("second", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture), matcher: Bench.Best(4));

        var outcomes = await bench.BuildAsync();

        Assert.Equal(4, bench.Ran().Length);
        Assert.Equal("4", bench.Result(outcomes, "first"));
        Assert.Equal("4", bench.Result(outcomes, "second"));
    }

    [Fact]
    public async Task A_stage_that_depends_on_its_twin_still_ends()
    {
        var bench = new Bench();
        bench.Stage("a", "same", _ => "x");
        bench.Stage("b", "same", _ => "y");
        bench.Stage("c", "twin", m => m.One("a"), ["a"]);
        bench.Stage("a2", "twin", m => m.One("c"), ["c"]);

        var outcomes = await bench.BuildAsync();

        Assert.All(outcomes.Values, o => Assert.IsType<StageOutcome.Chosen>(o));
    }

    [Fact]
    public async Task Exact_says_what_differs_when_the_realization_belongs_to_other_inputs()
    {
        var bench = new Bench();
        bench.Stage("model", "train", _ => "1");
        var first = Assert.IsType<StageOutcome.Chosen>((await bench.BuildAsync())[StageName.Parse("model")]).Selection.Results[0].Realization;
        bench.Ran();

        bench.Stage("model", "train harder", _ => "1", matcher: new() { Select = Select.Exact, Realizations = [first.Short] });
        await bench.BuildAsync();

        Assert.Equal(["LNX2005"], bench.Errors);
        Assert.Contains("Command was 'train' and is 'train harder'", Assert.Single(bench.Events.OfType<BuildEvent.Diagnosed>()).Diagnostic.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Ran());
    }

    [Fact]
    public async Task An_evicted_choice_is_made_again()
    {
        var bench = new Bench();
        bench.Stage("a", "a", _ => "1");
        var first = await bench.BuildAsync();
        bench.Ran();
        bench.Results.Evict(((StageOutcome.Chosen)first[StageName.Parse("a")]).Selection.Results[0].Tree);

        var second = await bench.BuildAsync();

        Assert.Equal(["a#1"], bench.Ran());
        Assert.IsType<StageOutcome.Chosen>(second[StageName.Parse("a")]);
    }
}

public class A_failing_builder
{
    [Fact]
    public async Task Stops_what_depends_on_it_and_nothing_else_and_is_run_again_by_the_next_build()
    {
        var bench = new Bench();
        bench.Stage("bad", "bad", _ => null);
        bench.Stage("below", "below", m => m.One("bad"), ["bad"]);
        bench.Stage("further", "further", m => m.One("below"), ["below"]);
        bench.Stage("good", "good", _ => "1");

        var outcomes = await bench.BuildAsync();

        Assert.Equal(["LNX2002"], bench.Errors);
        Assert.IsType<StageOutcome.Failed>(outcomes[StageName.Parse("bad")]);
        Assert.Equal("bad", Assert.IsType<StageOutcome.Skipped>(outcomes[StageName.Parse("further")]).Because.ToString());
        Assert.IsType<StageOutcome.Chosen>(outcomes[StageName.Parse("good")]);
        Assert.Equal(["bad#1", "good#1"], bench.Ran());
        await bench.BuildAsync();
        Assert.Equal(["bad#1"], bench.Ran());
    }
}

public class A_broken_promise
{
    [Fact]
    public async Task Fails_runs_nothing_below_and_nothing_again_until_it_is_corrected()
    {
        var bench = new Bench();
        bench.Stage("model", "train", _ => "0.5", promises: [Bench.Promise("resutl"), Bench.Promise("result", min: 0.9)]);
        bench.Stage("report", "report", m => m.One("model"), ["model"]);

        await bench.BuildAsync();
        Assert.Equal(["LNX2001", "LNX2001"], bench.Errors);
        Assert.Equal(["model#1"], bench.Ran());

        await bench.BuildAsync();
        Assert.Equal(["LNX2001", "LNX2001"], bench.Errors);
        Assert.Empty(bench.Ran());

        bench.Stage("model", "train", _ => "0.5", promises: [Bench.Promise("result", min: 0.4)]);
        bench.Stage("report", "report", m => m.One("model"), ["model"]);
        var outcomes = await bench.BuildAsync();
        Assert.Empty(bench.Errors);
        Assert.Equal(["report#1"], bench.Ran());
        Assert.Equal("0.5", bench.Result(outcomes, "report"));
    }
}

public class A_verdict_that_takes_reading
{
    [Fact]
    public async Task Is_given_once_for_a_large_file_and_follows_the_promise()
    {
        var bench = new Bench();
        var text = new string('x', 2 << 20);
        bench.Stage("a", "a", _ => text, promises: [Text("result")]);
        await bench.BuildAsync();
        Assert.Empty(Assert.Single(bench.Results.Verdicts).Value);

        // Read again it would be kept; what is remembered decides.
        bench.Results.Verdicts[bench.Results.Verdicts.Keys.Single()] = ["remembered"];
        await bench.BuildAsync();
        Assert.Equal(["LNX2001"], bench.Errors);

        bench.Stage("a", "a", _ => text, promises: [Text("result") with { NonEmpty = true }]);
        await bench.BuildAsync();
        Assert.Empty(bench.Errors);

        static Promise Text(string path) => Bench.Promise(path) with { Type = PromiseType.Text };
    }
}

public class Run_again
{
    [Fact]
    public async Task Makes_one_new_replicate_and_warns_of_a_broken_one()
    {
        var bench = new Bench();
        bench.Stage("input", "input", _ => "i");
        bench.Stage("model", "train", m => m.Replicate == 1 ? "0.9" : "0.1", ["input"], promises: [Bench.Promise("result", min: 0.5)]);
        await bench.BuildAsync();
        bench.Ran();

        var outcomes = await bench.BuildAsync(again: ["model"]);

        Assert.Equal(["model#2"], bench.Ran());
        Assert.Equal("0.9", bench.Result(outcomes, "model"));
        var warning = Assert.Single(bench.Events.OfType<BuildEvent.Diagnosed>()).Diagnostic;
        Assert.Equal(("LNX2001", Severity.Warning), (warning.Code, warning.Severity));
    }

    [Fact]
    public async Task Is_an_error_where_the_stage_must_not_run()
    {
        var bench = new Bench();
        bench.Stage("model", "train", _ => "1");
        await bench.BuildAsync();
        bench.Ran();

        bench.Stage("model", "train", _ => "1", execution: new() { MustExist = true });
        await bench.BuildAsync(again: ["model"]);

        Assert.Empty(bench.Ran());
        Assert.Equal(["LNX2009"], bench.Errors);
    }
}

public class A_new_replicate_that_is_chosen
{
    [Fact]
    public async Task Is_told_with_old_new_and_the_run_that_caused_it()
    {
        var bench = new Bench();
        bench.Stage("model", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture));
        await bench.BuildAsync();

        await bench.BuildAsync(again: ["model"]);

        var changed = Assert.Single(bench.Events.OfType<BuildEvent.ChoiceChanged>());
        Assert.NotEqual(changed.Old.Results[0].Realization, changed.New.Results[0].Realization);
        Assert.Equal("replicate 2 was made since", changed.Cause);
        await bench.BuildAsync();
        Assert.Empty(bench.Events.OfType<BuildEvent.ChoiceChanged>());
    }
}

public class A_damaged_history
{
    [Fact]
    public async Task Fails_its_stage_and_what_depends_on_it_and_nothing_else()
    {
        var bench = new Bench();
        bench.Stage("a", "a", _ => "1");
        bench.Stage("b", "b", m => m.One("a"), ["a"]);
        bench.Stage("c", "c", _ => "c");
        var first = await bench.BuildAsync();
        bench.Results.Damage(Assert.IsType<StageOutcome.Chosen>(first[StageName.Parse("a")]).Selection.Resolved);

        var second = await bench.BuildAsync();

        Assert.IsType<StageOutcome.Failed>(second[StageName.Parse("a")]);
        Assert.IsType<StageOutcome.Skipped>(second[StageName.Parse("b")]);
        Assert.IsType<StageOutcome.Chosen>(second[StageName.Parse("c")]);
        Assert.Equal(["LNX3001"], bench.Errors);

        var other = await bench.BuildAsync(only: ["c"]);
        Assert.IsType<StageOutcome.Absent>(other[StageName.Parse("a")]);
        Assert.Empty(bench.Errors);

        await bench.BuildAsync(plan: true);
        Assert.Equal([PlannedAction.Fail, PlannedAction.Fail, PlannedAction.Reuse], bench.Events.OfType<BuildEvent.Planned>().OrderBy(p => p.Stage).Select(p => p.Action));
    }
}

public class A_choice_of_a_stage_that_nobody_asked_for
{
    [Fact]
    public async Task Is_told_when_it_changed()
    {
        var bench = new Bench();
        bench.Stage("model", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture));
        bench.Stage("other", "other", _ => "o");
        await bench.BuildAsync();
        var before = bench.Last;
        await bench.BuildAsync(again: ["model"]);
        bench.Last = before; // Another project made the run.

        await bench.BuildAsync(only: ["other"]);

        Assert.Equal("replicate 2 was made since", Assert.Single(bench.Events.OfType<BuildEvent.ChoiceChanged>()).Cause);
    }
}

public class Some_stages_only
{
    [Fact]
    public async Task Realizes_their_closure_and_drops_what_no_longer_fits_the_present_choice()
    {
        var bench = new Bench();
        bench.Stage("a", "a", _ => "1");
        bench.Stage("b", "b", m => m.One("a"), ["a"]);
        bench.Stage("c", "c", _ => "c");
        await bench.BuildAsync();
        bench.Ran();

        bench.Stage("a", "a2", _ => "2");
        bench.Stage("b", "b", m => m.One("a"), ["a"]);
        var outcomes = await bench.BuildAsync(only: ["a"]);

        Assert.Equal(["a#1"], bench.Ran());
        Assert.IsType<StageOutcome.Absent>(outcomes[StageName.Parse("b")]);
        Assert.IsType<StageOutcome.Chosen>(outcomes[StageName.Parse("c")]);
        Assert.Empty(bench.Errors);
    }
}

public class A_plan
{
    [Fact]
    public async Task Says_what_would_run_and_why_and_runs_nothing()
    {
        var bench = new Bench();
        bench.Stage("a", "a", _ => "1");
        bench.Stage("b", "b", m => m.One("a"), ["a"]);
        bench.Stage("c", "c", _ => "c");
        await bench.BuildAsync();
        bench.Ran();

        bench.Stage("a", "a2", _ => "2");
        bench.Stage("b", "b", m => m.One("a"), ["a"]);
        await bench.BuildAsync(plan: true);

        Assert.Empty(bench.Ran());
        var planned = bench.Events.OfType<BuildEvent.Planned>().ToDictionary(p => p.Stage.ToString());
        Assert.Equal((PlannedAction.Run, "Command was 'a' and is 'a2'"), (planned["a"].Action, planned["a"].Why[0]));
        Assert.Equal(PlannedAction.MayRun, planned["b"].Action);
        Assert.Equal(PlannedAction.Reuse, planned["c"].Action);
    }

    [Fact]
    public async Task Says_that_nothing_runs_behind_what_would_fail()
    {
        var bench = new Bench();
        bench.Stage("a", "a", _ => "1", promises: [Bench.Promise("missing")]);
        bench.Stage("b", "b", m => m.One("a"), ["a"]);
        bench.Stage("c", "c", m => m.One("b"), ["b"]);
        await bench.BuildAsync();

        await bench.BuildAsync(plan: true);

        var planned = bench.Events.OfType<BuildEvent.Planned>().ToDictionary(p => p.Stage.ToString());
        Assert.Equal((PlannedAction.Fail, "it needs a, which would fail"), (planned["b"].Action, planned["b"].Why.Single()));
        Assert.Equal((PlannedAction.Fail, "it needs b, which would fail"), (planned["c"].Action, planned["c"].Why.Single()));
    }
}

[Trait("Speed", "Slow")]
public class A_chain_of_ten_thousand
{
    [Fact]
    public async Task Does_not_overflow_and_a_second_build_runs_nothing()
    {
        var bench = new Bench();
        bench.Stage("s0", "0", _ => "0");
        for (var i = 1; i < 10_000; i++)
        {
            var before = $"s{i - 1}";
            bench.Stage($"s{i}", before, m => (int.Parse(m.One(before), CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture), [before]);
        }

        var outcomes = await bench.BuildAsync();

        Assert.Equal("9999", bench.Result(outcomes, "s9999"));
        Assert.Equal(10_000, bench.Ran().Length);
        await bench.BuildAsync();
        Assert.Empty(bench.Ran());
    }
}

public class Admission_of_runs
{
    [Fact]
    public async Task Serve_in_order_and_never_more_than_there_are()
    {
        var admission = new Admission(2);
        var first = await admission.TakeAsync(1, CancellationToken.None);
        var big = admission.TakeAsync(9, CancellationToken.None);
        var small = admission.TakeAsync(1, CancellationToken.None);

        Assert.False(big.IsCompleted || small.IsCompleted);
        first.Dispose();
        using (await big)
            Assert.False(small.IsCompleted);
        (await small).Dispose();
    }

    [Fact]
    public async Task A_cancelled_wait_gives_up_its_place()
    {
        var admission = new Admission(1);
        using var cancel = new CancellationTokenSource();
        var held = await admission.TakeAsync(1, CancellationToken.None);
        var waits = admission.TakeAsync(1, cancel.Token);
        var next = admission.TakeAsync(1, CancellationToken.None);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        held.Dispose();
        (await next).Dispose();
    }
}

using Lightnix.Explaining;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

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

    [Fact]
    public async Task Has_both_version_texts_of_a_tool()
    {
        var bench = new Bench();
        bench.Stage("a", "a", _ => "1", tools: ["python"]);
        await bench.BuildAsync();
        bench.Tools = " 2.0";

        await bench.BuildAsync(plan: true);

        Assert.Equal(["tool python was 'python 1.0' and is 'python 2.0'"],
            Assert.Single(bench.Events.OfType<BuildEvent.Planned>()).Why.AsEnumerable());
    }

    [Fact]
    public async Task Names_what_a_lock_file_pins_and_what_was_chosen_before()
    {
        var bench = new Bench { Lock = LockFile.None("data") };
        bench.Stage("a", "a", m => m.Replicate == 1 ? "0.1" : "0.2", matcher: Bench.Best(2));
        await bench.BuildAsync();
        var pinned = bench.Lock;
        var former = bench.Last;
        var worse = bench.Results.HistoryOf(former.Stages["a"].Resolved).Runs.Single(r => r.Facts.Replicate == 1);
        var choice = new Choice(former.Stages["a"].Derivation, [ChosenResult.Of(worse.Facts.Resolved, worse.Tree, "0.1")], Plural: false);
        bench.Lock = pinned with { Stages = pinned.Stages.SetItem(StageName.Parse("a"), new(choice, former.Stages["a"].Matcher)) };

        await bench.BuildAsync(plan: true);

        var plan = Assert.Single(bench.Events.OfType<BuildEvent.Planned>()).Plan;
        Assert.Equal(PlannedAction.Reuse, plan.Action);
        Assert.Contains("the lock file pins it", plan.News!.Because);
        Assert.EndsWith("(0.2)", plan.News.Cause.Before, StringComparison.Ordinal);
        Assert.EndsWith("(0.1)", plan.News.Cause.Now, StringComparison.Ordinal);
    }
}

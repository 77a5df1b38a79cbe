using Lightnix.Explaining;
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
}

using Lightnix.Explaining;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

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
        Assert.Equal([PlannedAction.Fail, PlannedAction.Fail, PlannedAction.Reuse],
            bench.Events.OfType<BuildEvent.Planned>().OrderBy(p => p.Stage).Select(p => p.Action));
    }
}

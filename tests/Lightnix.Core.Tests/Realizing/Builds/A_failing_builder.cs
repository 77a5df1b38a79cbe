using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

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

using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

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

using Lightnix.Model;

namespace Lightnix.Realizing;

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

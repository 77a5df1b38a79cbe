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

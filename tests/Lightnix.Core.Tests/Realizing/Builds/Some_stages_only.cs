using Lightnix.Model;

namespace Lightnix.Realizing;

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

namespace Lightnix.Realizing;

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

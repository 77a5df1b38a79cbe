using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

public class A_matcher_in_a_build
{
    [Fact]
    public async Task Best_of_five_runs_five_and_chooses_the_highest()
    {
        var bench = new Bench();
        bench.Stage("model", "train", m => (0.5 + m.Replicate * (m.Replicate == 4 ? 0.1 : 0.01)).ToString(CultureInfo.InvariantCulture),
            matcher: Bench.Best(5));

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
        Assert.Equal("matcher AtLeast 5 → 7, and replicate 7 was made since",
            string.Join("; ", Assert.Single(bench.Events.OfType<BuildEvent.ChoiceChanged>()).Causes));

        bench.Stage("model", "train", Score);
        await bench.BuildAsync();
        Assert.Empty(bench.Ran());

        static string Score(Bench.Making m) => m.Replicate.ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Two_stages_alike_share_all_runs_before_either_is_matched()
    {
        var bench = new Bench();
        bench.Stage("first", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture),
            matcher: new Matcher { Select = Select.Best, Metric = new(RelativePath.Parse("result"), null) });
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
        var first = Assert.IsType<StageOutcome.Chosen>(
            (await bench.BuildAsync())[StageName.Parse("model")]).Selection.Results[0].Realization;
        bench.Ran();

        bench.Stage("model", "train harder", _ => "1", matcher: new() { Select = Select.Exact, Realizations = [first.Short] });
        await bench.BuildAsync();

        Assert.Equal(["LNX2005"], bench.Errors);
        Assert.Contains("Command was 'train' and is 'train harder'",
            Assert.Single(bench.Events.OfType<BuildEvent.Diagnosed>()).Diagnostic.Message, StringComparison.Ordinal);
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

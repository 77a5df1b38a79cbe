using Lightnix.Building;
using Lightnix.Model;

namespace Lightnix.Scenarios;

public sealed class Rules_of_a_choice : IDisposable
{

    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Let_a_candidate_pass_that_breaks_a_promise_of_the_choice()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3,0.4",
            more: """<Promise Include="accuracy.txt" Stage="model" Type="Number" Max="0.35" />"""));

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal("0.3", _site.Result("model/accuracy.txt"));
    }

    [LinuxFact]
    public async Task Report_the_promise_that_every_candidate_breaks()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3",
            more: """<Promise Include="accuracy.txt" Stage="model" Type="Number" Min="0.9" />"""));

        var error = Assert.Single(built.Errors);
        Assert.Equal(("LNX2001", ItemKind.Promise), (error.Code, error.Item!.Kind));
        Assert.Contains("in 2 results: the best is 0.3 (train-0_3), 0.6 less than Min 0.9; the others have 0.1. "
            + "That of train-0_3 is kept in", error.Message, StringComparison.Ordinal);
        Assert.Contains("correct the promise, or the stages that From names", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_site["project/bin/model"]));
        Assert.True(Directory.Exists(_site["project/bin/train-0_3"]));
    }

    [LinuxFact]
    public async Task Want_one_candidate_by_default()
    {
        var one = await _site.BuildAsync(Sweep.Of("0.1", """<Stage Include="model" From="train" />"""));
        var two = await _site.BuildAsync(Sweep.Of("0.1,0.3", """<Stage Include="model" From="train" />"""));

        Assert.True(one.Succeeded, one.ToString());
        var error = Assert.Single(two.Errors);
        Assert.Equal("LNX2005", error.Code);
        Assert.Matches("there are 2: train-0_1 \\([0-9a-f]{12}\\), train-0_3 \\([0-9a-f]{12}\\); say which with "
            + "<Matcher Include=\"model\" Select=\"Best\" Metric=\"accuracy.txt\" />, with Order=\"Min\" where less is better",
            error.Message);
    }

    [LinuxFact]
    public async Task Say_what_is_lacking_where_no_file_of_the_candidates_has_a_number()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3", """<Stage Include="model" From="train" />""")
            .Replace(" Type=\"Number\"", "", StringComparison.Ordinal));

        Assert.Contains("where FILE holds one number and each of them promises it", Assert.Single(built.Errors).Message,
            StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Take_a_result_of_two_stages_for_one_candidate()
    {
        var built = await _site.BuildAsync("""
            <Stage Include="b;a" Command="echo same > @{out}/x" Seed="one" /><Promise Include="x" Stage="a;b" />
            <Stage Include="model" From="b;a;b" />
            """);

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal("a", _site.Winner());
    }

    [LinuxFact]
    public async Task Give_the_middle_one_of_the_candidates()
    {
        await _site.BuildAsync(Sweep.Of("0.1,0.3,0.2", Sweep.Median));

        Assert.Equal("0.2", _site.Result("model/accuracy.txt"));
    }

    [LinuxFact]
    public async Task Give_all_by_the_names_of_their_stages()
    {
        await _site.BuildAsync(Sweep.Of("0.3,0.1,0.2",
            """<Stage Include="model" From="train" /><Matcher Include="model" Select="All" />""",
            more: """
                <Stage Include="reader" Command="cat @{model/accuracy.txt} > @{out}/x; echo @{model} > @{out}/y" />
                <Promise Include="x;y" Stage="reader" />
                """));

        Assert.Equal(["0.1", "0.2", "0.3"], File.ReadAllLines(_site["project/bin/reader/x"]));
        Assert.Equal("in/model/1 in/model/2 in/model/3", _site.Result("reader/y"));
        Assert.Equal("0.2", _site.Result("model/2/accuracy.txt"));
    }

    [LinuxFact]
    public async Task Decide_ties_by_stage_and_then_by_replicate()
    {
        var built = await _site.BuildAsync("""
            <Stage Include="b" Command="echo 1 > @{out}/m" /><Stage Include="a" Command="echo 1 > @{out}/m; echo @{replicate} > @{out}/r" />
            <Promise Include="m" Stage="a;b" /><Matcher Include="a" Select="Latest" Take="2" AtLeast="3" />
            <Stage Include="model" From="b;a" /><Matcher Include="model" Select="Best" Metric="m" Take="2" />
            """);

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal(["a", "a"], _site.Selection().Results.Select(r => r.Winner!.Stage.ToString()));
        Assert.Equal(["2", "3"], [_site.Result("model/1/r"), _site.Result("model/2/r")]);
    }

    [LinuxFact]
    public async Task Hold_for_a_choice_of_a_choice_whose_winner_is_the_stage_that_ran()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3", more: """
            <Stage Include="older" Command="echo 0.2 > @{out}/accuracy.txt; echo w > @{out}/model.bin" />
            <Promise Include="accuracy.txt;model.bin" Stage="older" />
            <Stage Include="best" From="older;model" /><Matcher Include="best" Select="Best" Metric="accuracy.txt" />
            <Stage Include="reader" Command="cat @{best/accuracy.txt} > @{out}/x" />
            """));

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal("train-0_3", _site.Winner("best"));
        Assert.Equal("0.3", _site.Result("reader/x"));
    }

    [LinuxFact]
    public async Task Leave_out_a_candidate_without_a_readable_metric()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,none",
            train: "echo 1 > @{out}/accuracy.txt; echo @{params.rate} > @{out}/other.txt; echo w > @{out}/model.bin",
            choice: """
                <Promise Include="other.txt" Stage="train" /><Stage Include="model" From="train" />
                <Matcher Include="model" Select="Best" Metric="other.txt" />
                """));

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal("train-0_1", _site.Winner());
    }
}

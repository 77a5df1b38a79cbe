using Lightnix.Explaining;
using Lightnix.Building;
using Lightnix.Running;

namespace Lightnix.Scenarios;

public sealed class A_candidate_that_fails : IDisposable
{
    const string Skip = """
        <Stage Include="model" From="train" Failed="Skip" />
        <Matcher Include="model" Select="Best" Metric="accuracy.txt" />
        """;

    const string Fails = "test @{params.rate} != 0.3 || exit 7; echo @{params.rate} > @{out}/accuracy.txt; echo w > @{out}/model.bin";

    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Fails_the_choice()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3", train: Fails));

        Assert.Equal(["LNX2002"], built.Errors.Select(e => e.Code));
        var skipped = Assert.Single(built.Events.OfType<BuildEvent.Skipped>());
        Assert.Equal(("model", "train-0_3"), (skipped.Stage.ToString(), skipped.Because.ToString()));
    }

    [LinuxFact]
    public async Task Is_a_warning_where_failures_are_skipped()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3", Skip, Fails));

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal(["Warning LNX2002", "Warning LNX2025"], built.Codes());
        Assert.Equal("0.1", _site.Result("model/accuracy.txt"));
        Assert.Equal(["train-0_3"], _site.Selection().Missing.Select(m => m.ToString()));
    }

    [LinuxFact]
    public async Task Is_named_as_the_cause_of_another_choice()
    {
        await _site.BuildAsync(Sweep.Of("0.1,0.3", Skip));

        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3", Skip, Fails));

        Assert.Equal("train-0_3 has no result",
            built.Events.OfType<BuildEvent.ChoiceChanged>().Single(c => c.Stage.ToString() == "model").Causes[0]);
    }

    [LinuxFact]
    public async Task Is_a_candidate_again_once_it_completes()
    {
        var after = Fails.Replace("0.3 ||", "0.9 ||", StringComparison.Ordinal);
        await _site.BuildAsync(Sweep.Of("0.1,0.3", Skip, Fails));

        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3", Skip, after));

        Assert.Empty(built.Codes());
        Assert.Equal("train-0_3", _site.Winner());
        Assert.Empty(_site.Selection().Missing);
    }

    [LinuxFact]
    public async Task Is_skipped_when_it_breaks_a_promise_of_its_own()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3", Skip,
            more: """<Promise Include="accuracy.txt" Stage="train" Type="Number" Max="0.2" />"""));

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal(["Warning LNX2001", "Warning LNX2025"], built.Codes());
        Assert.Equal("train-0_1", _site.Winner());
    }

    [LinuxFact]
    public async Task Is_skipped_when_one_of_its_inputs_fails()
    {
        var built = await _site.BuildAsync("""
            <Stage Include="prepare" Command="exit 3" /><Promise Include="p" Stage="prepare" />
            <Stage Include="a" Command="cat @{prepare/p} > @{out}/m" /><Stage Include="b" Command="echo 1 > @{out}/m" />
            <Promise Include="m" Stage="a;b" />
            <Stage Include="model" From="a;b" Failed="Skip" />
            """);

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal("b", _site.Winner());
    }

    [LinuxFact]
    public async Task Is_no_failed_test_where_failures_are_skipped()
    {
        var items = Sweep.Of("0.1,0.3", Skip, Fails);
        await _site.BuildAsync(items);

        Assert.Equal(["model: kept", "train-0_1: kept", "train-0_3: skipped"], Tested(items));
        Assert.Equal(["model: kept", "reader: failed", "train-0_1: kept", "train-0_3: failed"], Tested(items + """
            <Stage Include="reader" Command="cat @{train[rate=0.3]/accuracy.txt}" /><Promise Include="x" Stage="reader" />
            """));
    }

    [LinuxFact]
    public async Task Is_no_failed_test_where_its_input_fails()
    {
        const string items = """
            <Stage Include="prepare" Command="exit 3" /><Promise Include="p" Stage="prepare" />
            <Stage Include="a" Command="cat @{prepare/p} > @{out}/m" /><Stage Include="b" Command="echo 1 > @{out}/m" />
            <Promise Include="m" Stage="a;b" />
            <Stage Include="model" From="a;b" Failed="Skip" />
            """;
        await _site.BuildAsync(items);

        Assert.Equal(["a: skipped", "b: kept", "model: kept", "prepare: skipped"], Tested(items));
    }

    string[] Tested(string items)
    {
        var said = new List<BuildEvent>();
        var tested = Queries.ProjectQueries.TestPromises(_site.Request(items), said.Add);
        Assert.Equal(tested.Count(t => t is { IsKept: false, IsSkipped: false }), said.OfType<BuildEvent.Diagnosed>().Count());
        return [.. tested.Select(t => $"{t.Stage.Name}: {(t.IsKept ? "kept" : t.IsSkipped ? "skipped" : "failed")}").Distinct().Order()];
    }

    [LinuxFact]
    public async Task Leaves_the_choice_in_a_build_of_other_stages()
    {
        var items = Sweep.Of("0.1,0.3", Skip, Fails, """
            <Stage Include="other" Command="true" />
            <Stage Include="report" Command="cat @{model/accuracy.txt} > @{out}/a" /><Promise Include="a" Stage="report" />
            """);
        await _site.BuildAsync(items);

        var built = await _site.BuildAsync(items, stages: "other");

        Assert.Empty(built.Codes());
        Assert.Equal(["0.1", "0.1"], [_site.Result("model/accuracy.txt"), _site.Result("report/a")]);
        Assert.Equal(["train-0_3"], _site.Selection().Missing.Select(m => m.ToString()));
    }

    [LinuxFact]
    public async Task Is_passed_over_by_a_plan_and_a_question_where_a_build_runs_nothing()
    {
        var items = Sweep.Of("0.1,0.3", Skip, more: """<Promise Include="accuracy.txt" Stage="train" Type="Number" Max="0.2" />""");
        await _site.BuildAsync(items);

        var plan = await _site.BuildAsync(items, Realizing.BuildMode.Plan);
        var said = new List<BuildEvent>();
        var answer = await Builds.ProjectBuilds.BuildIfUpToDateAsync(_site.Request(items), said.Add, CancellationToken.None);

        Assert.True(plan.Succeeded && answer.Succeeded, string.Join('\n', said));
        Assert.Equal(("train-0_3", PlannedAction.PassOver), Assert.Single(plan.Events.OfType<BuildEvent.Planned>()
            .Where(p => p.Action != PlannedAction.Reuse).Select(p => (p.Stage.ToString(), p.Action))));
        Assert.Empty(plan.Events.OfType<BuildEvent.GivenUp>());
    }

    [LinuxFact]
    public async Task Is_an_error_where_another_stage_needs_it()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3", Skip, Fails,
            """<Stage Include="reader" Command="cat @{train-0_3/accuracy.txt}" />"""));

        Assert.Equal(["LNX2002"], built.Errors.Select(e => e.Code));
        Assert.Equal("0.1", _site.Result("model/accuracy.txt"));
    }

    [LinuxFact]
    public async Task Leaves_nothing_to_choose_from_where_all_fail()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.3", Skip, Fails));

        Assert.Equal(["Error LNX2005", "Warning LNX2002", "Warning LNX2025"], built.Codes());
    }
}

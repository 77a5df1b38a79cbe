using Lightnix.Building;
using Lightnix.Explaining;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>What a plan says after an edit, with both values.</summary>
public sealed class Reasons_of_edits : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    static string Model(string rest = "", string command = "echo a", string promise = "", string matcher = "") => $$"""
        <Stage Include="model" Command="{{command}} > @{out}/o" {{rest}} /><Promise Include="o" Stage="model" {{promise}} />{{matcher}}
        """;

    public static TheoryData<string, string, string> Edits() => new()
    {
        { Model(command: "echo a old word"), Model(command: "echo a new word"),
            "Command was 'echo a old word > @{out}/o' and is 'echo a new word > @{out}/o'" },
        { Model("""Parameters="rate=0.1" """), Model("""Parameters="rate=0.05" """), "parameter rate was '0.1' and is '0.05'" },
        { Model("""Environment="LEVEL=1" """), Model("""Environment="LEVEL=2" """), "environment variable LEVEL was '1' and is '2'" },
        { Model(command: "echo 1", promise: """Type="Number" Min="0" """), Model(command: "echo 1", promise: """Type="Number" Min="5" """),
            "promise o Min was '0' and is '5'" },
        { Model(command: "echo 1", matcher: """<Matcher Include="model" Select="Latest" AtLeast="1" AtMost="2" />"""),
            Model(command: "echo 1", matcher: """<Matcher Include="model" Select="Latest" AtLeast="2" AtMost="2" />"""),
            "matcher AtLeast was '1' and is '2'" },
    };

    [LinuxTheory]
    [MemberData(nameof(Edits))]
    public async Task Have_both_values(string before, string now, string expected)
    {
        Assert.True((await _site.BuildAsync(before)).Succeeded);

        var planned = await PlanAsync(now);

        Assert.Contains(expected, planned["model"].Reason.Sentences);
    }

    [LinuxFact]
    public async Task Of_a_source_name_its_content_and_where_it_is_or_its_executable_bit()
    {
        const string items = """
            <Stage Include="model" Command="cat run.sh > @{out}/o" /><Source Include="run.sh" Stage="model" />
            """;
        _site.Write("project/run.sh", "echo 1\n");
        Assert.True((await _site.BuildAsync(items)).Succeeded);
        _site.Sh("chmod +x project/run.sh");
        Assert.Equal(["source run.sh was 'not executable' and is 'executable'"],
            (await PlanAsync(items))["model"].Reason.Sentences.AsEnumerable());
        _site.Sh("chmod -x project/run.sh; echo echo 2 > project/run.sh");

        var cause = Assert.Single((await PlanAsync(items))["model"].Reason.Changes);

        Assert.Equal("source run.sh changed (content)", cause.ToString());
        Assert.Equal(_site["project/run.sh"], cause.File);
        using var store = _site.Open();
        Assert.Equal("echo 1\n", File.ReadAllText(store.Sources.FileOf(Hashing.Digest.Parse(cause.Before!))!));
    }

    static string Below(string up) => $$"""
        <Stage Include="up" Command="{{up}} > @{out}/o" />
        <Stage Include="below" Command="cat @{up}/o > @{out}/o" />
        """;

    [LinuxFact]
    public async Task Of_an_input_name_the_file_that_differs()
    {
        Assert.True((await _site.BuildAsync(Below("echo 1"))).Succeeded);
        var waits = (await PlanAsync(Below("echo 2")))["below"];
        Assert.Equal(["it needs up"], waits.Reason.Sentences.AsEnumerable());
        Assert.True((await _site.BuildAsync(Below("echo 2"), stages: "up")).Succeeded);

        var planned = await PlanAsync(Below("echo 2"));

        Assert.Equal((PlannedAction.Reuse, PlannedAction.Run), (planned["up"].Action, planned["below"].Action));
        Assert.Equal(["input up changed (content of o)"], planned["below"].Reason.Sentences.AsEnumerable());
    }

    [LinuxFact]
    public async Task Of_an_input_that_came_out_as_it_was_are_none()
    {
        Assert.True((await _site.BuildAsync(Below("echo 1"))).Succeeded);
        Assert.True((await _site.BuildAsync(Below("echo  1"), stages: "up")).Succeeded);

        Assert.Equal((PlannedAction.Reuse, Reason.None.Sentences.Length),
            ((await PlanAsync(Below("echo  1")))["below"] is var below ? below.Action : default, below!.Reason.Sentences.Length));
    }

    [LinuxFact]
    public async Task Of_another_winner_name_both()
    {
        const string items = """
            <Stage Include="train" Matrix="rate=1,2" Command="echo @{params.rate} > @{out}/o" />
            <Promise Include="o" Stage="train" Type="Number" />
            <Stage Include="model" From="train" />
            """;
        Assert.True((await _site.BuildAsync(items + """<Matcher Include="model" Select="Best" Metric="o" />""")).Succeeded);

        var planned = await PlanAsync(items + """<Matcher Include="model" Select="Best" Metric="o" Order="Min" />""");

        var news = planned["model"].News!;
        Assert.Equal(["Order was 'Max' and is 'Min'"], planned["model"].Reason.Rules.Select(r => r.ToString()["matcher ".Length..]));
        Assert.Equal(["matcher Order Max → Min", "train-1 won", "parameter rate 2 → 1"], news.Because.AsEnumerable());
        Assert.Contains("train-2 (rate 2), 2", news.Cause.Before, StringComparison.Ordinal);
        Assert.Contains("train-1 (rate 1), 1", news.Cause.Now, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Come_back_from_their_text()
    {
        Assert.True((await _site.BuildAsync(Below("echo 1"))).Succeeded);
        Assert.True((await _site.BuildAsync(Below("echo 2"), stages: "up")).Succeeded);
        var below = (await PlanAsync(Below("echo 2")))["below"];

        var again = StageReason.Parse(below.ToText());

        Assert.Equal(below.ToText(), again.ToText());
        Assert.Equal(below.Reason.Sentences.AsEnumerable(), again.Reason.Sentences);
    }

    async Task<Dictionary<string, StageReason>> PlanAsync(string items)
    {
        var plan = await _site.BuildAsync(items, BuildMode.Plan);
        Assert.True(plan.Succeeded, plan.ToString());
        return plan.Events.OfType<BuildEvent.Planned>().ToDictionary(p => p.Stage.ToString(), p => p.Plan);
    }
}

using Lightnix.Building;
using Lightnix.Running;

namespace Lightnix.Scenarios;

public sealed class AChoiceThatDiffersFromTheLastBuild : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    static string Items(string rate) => $$"""
        <Stage Include="model" Command="echo @{params.rate}@{replicate} > @{out}/score" Parameters="rate={{rate}}" />
        <Promise Include="score" Stage="model" Type="Number" />
        <Matcher Include="model" Select="Best" Metric="score" AtLeast="3" />
        <Stage Include="size" Command="wc -c @{model/score} | cut -d ' ' -f 1 > @{out}/n" /><Promise Include="n" Stage="size" />
        """;

    [LinuxFact]
    public async Task Is_reported_with_the_replicate_and_the_parameter_although_nothing_ran()
    {
        await _site.BuildAsync(Items("0.1"));
        await _site.BuildAsync(Items("0.2"));

        var back = await _site.BuildAsync(Items("0.1"));

        Assert.Empty(back.Ran);
        var changed = Assert.Single(back.Events.OfType<BuildEvent.ChoiceChanged>());
        Assert.Equal(("model", "0.23", "0.13"), (changed.Stage.ToString(), changed.Old.Results[0].Metric, changed.New.Results[0].Metric));
        Assert.Equal(["replicate 3", "parameter rate 0.2 → 0.1"], changed.Causes.AsEnumerable());
        Assert.Empty((await _site.BuildAsync(Items("0.1"))).Events.OfType<BuildEvent.ChoiceChanged>());
    }

    [LinuxFact]
    public async Task Is_foreseen_by_a_plan()
    {
        await _site.BuildAsync(Items("0.1"));
        await _site.BuildAsync(Items("0.2"));

        var plan = await _site.BuildAsync(Items("0.1"), Realizing.BuildMode.Plan);

        Assert.Equal("model", Assert.Single(plan.Events.OfType<BuildEvent.ChoiceChanged>()).Stage.ToString());
    }

    [LinuxFact]
    public async Task Is_none_where_other_inputs_gave_equal_files()
    {
        await _site.BuildAsync(Items("0.1"));

        var built = await _site.BuildAsync(Items("0.2"));

        Assert.Contains("size#1", built.Ran);
        Assert.DoesNotContain(built.Events.OfType<BuildEvent.ChoiceChanged>(), c => c.Stage.ToString() == "size");
    }
}

using Lightnix.Building;
using Lightnix.Builds;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>What <c>LightnixRun</c> would do, without doing it.</summary>
public sealed class PlansOfAnotherRun : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    const string Items = """
        <Stage Include="data" Command="echo 1 > @{out}/a" /><Promise Include="a" Stage="data" />
        <Stage Include="model" Command="cat @{data/a} > @{out}/a" /><Promise Include="a" Stage="model" />
        <Stage Include="report" Command="cat @{model/a} > @{out}/a" /><Promise Include="a" Stage="report" />
        """;

    [LinuxFact]
    public async Task Say_which_replicate_would_be_made()
    {
        Assert.True((await _site.BuildAsync(Items)).Succeeded);

        var plan = await PlanAsync("model");

        Assert.Equal(["data: Reuse", "model: Run another run was asked for: replicate 2"],
            plan.Events.OfType<BuildEvent.Planned>().Select(p => $"{p.Stage}: {p.Action} {string.Join("; ", p.Why)}".TrimEnd())
                .Order(StringComparer.Ordinal));
        Assert.True(plan.Succeeded);
    }

    [LinuxFact]
    public async Task Need_the_name_of_a_stage() => Assert.Equal("LNX1003", Assert.Single((await PlanAsync("")).Errors).Code);

    [LinuxFact]
    public async Task Are_asked_for_by_a_question_that_runs_nothing()
    {
        Assert.True((await _site.BuildAsync(Items)).Succeeded);
        var said = new List<BuildEvent>();

        var result = await ProjectBuilds.BuildIfUpToDateAsync(_site.Request(Items, BuildMode.Run, "model"), said.Add,
            CancellationToken.None);

        Assert.False(result.Succeeded);
        Assert.Empty(said.OfType<BuildEvent.Started>());
        var error = Assert.Single(said.OfType<BuildEvent.Diagnosed>()).Diagnostic;
        Assert.Equal(("LNX2014", "model"), (error.Code, error.Item!.Include));
    }

    async Task<Site.Built> PlanAsync(string stages)
    {
        var request = _site.Request(Items, BuildMode.Plan, stages);
        var said = new List<BuildEvent>();
        var result = await ProjectBuilds.BuildAsync(request with { Options = request.Options with { PlanOf = BuildMode.Run } }, said.Add,
            CancellationToken.None);
        return new(result.Succeeded, [.. said]);
    }
}

using Lightnix.Model;
using Lightnix.Queries;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>Promises are tested after a build that could not choose for their stages.</summary>
public sealed class PromisesOfStagesWithoutAChoice : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    async Task<(TestedPromise Tested, Diagnostic Error)> AfterBuildAsync(string items)
    {
        Assert.False((await _site.BuildAsync(items)).Succeeded);
        var said = new List<BuildEvent>();
        var tested = Assert.Single(ProjectQueries.TestPromises(_site.Request(items), said.Add));
        return (tested, Assert.IsType<BuildEvent.Diagnosed>(Assert.Single(said)).Diagnostic);
    }

    [Fact]
    public async Task Are_broken_where_every_result_breaks_them()
    {
        var (tested, error) = await AfterBuildAsync("""
            <Stage Include="t" Command="echo 0.1 > @{out}/score.txt" />
            <Promise Include="score.txt" Stage="t" Type="Number" Min="0.15" />
            """);

        Assert.Equal(("LNX2001", 0), (error.Code, tested.Chosen));
        Assert.Contains("less than Min 0.15", error.Message, StringComparison.Ordinal);
        Assert.Contains("-t:LightnixRun", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("build it first", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(_site.StoreFolder, tested.Folder, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cannot_be_tested_where_the_builder_failed()
    {
        var (tested, error) = await AfterBuildAsync("""
            <Stage Include="f" Command="exit 3" />
            <Promise Include="score.txt" Stage="f" />
            """);

        Assert.Equal(("LNX5003", true), (error.Code, tested.Broken.IsEmpty));
        Assert.Contains("the last run of the stage failed (exit code 3)", error.Message, StringComparison.Ordinal);
        Assert.Contains("correct the stage", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cannot_be_tested_where_a_result_keeps_them_and_was_not_chosen()
    {
        var (_, error) = await AfterBuildAsync("""
            <Stage Include="m" Command="echo @{replicate} > @{out}/score.txt" />
            <Promise Include="score.txt" Stage="m" Type="Number" />
            <Matcher Include="m" Select="Only" AtLeast="2" />
            """);

        Assert.Equal("LNX5003", error.Code);
        Assert.Contains("chose none of the stage's results (2)", error.Message, StringComparison.Ordinal);
    }
}

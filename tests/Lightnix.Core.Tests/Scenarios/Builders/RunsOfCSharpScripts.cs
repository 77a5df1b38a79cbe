using Lightnix.Building;
using Lightnix.Running;

namespace Lightnix.Scenarios;

[Trait("Speed", "Slow")]
public sealed class RunsOfCSharpScripts : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Count_no_time_in_which_their_script_was_compiled()
    {
        _site.Write("project/x.cs", "File.WriteAllText(\"out/x.txt\", args[0]);");
        const string items = """
            <Stage Include="a" Script="x.cs" Arguments="@{replicate}" />
            <Promise Include="x.txt" Stage="a" Type="Number" />
            <Matcher Include="a" Select="Best" Metric="x.txt" AtLeast="2" />
            """;

        var built = await _site.BuildAsync(items);

        Assert.True(built.Succeeded, built.ToString());
        var compiled = Assert.Single(built.Events.OfType<BuildEvent.Compiled>(), c => c.Took is not null).Took;
        Assert.Equal(2, built.Events.OfType<BuildEvent.Compiled>().Count());
        // The second run waits for the first, which is of this build.
        Assert.Empty(built.Events.OfType<BuildEvent.Waiting>());
        var runs = built.Events.OfType<BuildEvent.Completed>().ToList();
        Assert.Equal(2, runs.Count);
        Assert.All(runs, run => Assert.True(run.Duration < compiled, $"{run.Duration} {compiled}"));
    }

    [LinuxFact]
    public async Task Report_nothing_of_a_script_that_was_compiled_before()
    {
        _site.Write("project/x.cs", "File.WriteAllText(\"out/x.txt\", args[0]);");
        await _site.BuildAsync("<Stage Include=\"a\" Script=\"x.cs\" Arguments=\"1\" />");

        var built = await _site.BuildAsync("<Stage Include=\"a\" Script=\"x.cs\" Arguments=\"2\" />");

        Assert.Empty(built.Events.OfType<BuildEvent.Compiling>());
        Assert.Equal(["a#1"], built.Ran);
    }
}

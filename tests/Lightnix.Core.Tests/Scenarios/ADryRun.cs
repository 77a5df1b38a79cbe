using Lightnix.Building;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Scenarios;

public sealed class ADryRun : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    /// <summary>Every name with its kind, mode, size, time, links and, of files, content.</summary>
    string Everything() => _site.Sh("""
        find . -printf '%P %y %m %s %T@ %l %n\n' | LC_ALL=C sort
        find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
        """);

    static string Items(string change = "") => $$"""
        <Stage Include="data" Path="data.csv" /><Promise Include="data.csv" Stage="data" Type="Csv" Columns="a;b" />
        <Stage Include="counts" Command="wc -l @{data/data.csv} > @{out}/n{{change}}" Tools="wc" />
        <Promise Include="n" Stage="counts" Type="Text" />
        <Stage Include="below" Command="cat @{counts/n} > @{out}/a" /><Promise Include="a" Stage="below" />
        <Stage Include="fails" Command="exit 1" /><Promise Include="a" Stage="fails" />
        """;

    [LinuxFact]
    public async Task Makes_not_even_a_store()
    {
        _site.Write("project/data.csv", "a,b\n1,2\n");
        var before = Everything();

        var plan = await _site.BuildAsync(Items(), BuildMode.Plan);

        Assert.True(plan.Succeeded, plan.ToString());
        Assert.Equal(4, plan.Events.OfType<BuildEvent.Planned>().Count());
        Assert.Equal(before, Everything());
    }

    [LinuxFact]
    public async Task Of_what_is_built_changed_new_and_failing_changes_nothing()
    {
        _site.Write("project/data.csv", "a,b\n1,2\n");
        Assert.False((await _site.BuildAsync(Items())).Succeeded);
        _site.Sh("rm -rf store/cache/verdicts");
        _site.Write("project/data.csv", "a,b\n1,2\n3,4\n");
        var before = Everything();

        foreach (var items in new[] { Items(), Items("; echo changed"), Items() + """<Stage Include="new" Command="true" />""" })
        {
            var plan = await _site.BuildAsync(items, BuildMode.Plan);
            Assert.True(plan.Succeeded, plan.ToString());
            Assert.Equal(before, Everything());
        }
    }
}

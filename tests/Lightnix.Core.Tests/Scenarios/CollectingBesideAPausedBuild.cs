namespace Lightnix.Scenarios;

public sealed class CollectingBesideAPausedBuild
{
    [Building.LinuxFact]
    public async Task Takes_what_is_not_needed_and_nothing_of_the_build()
    {
        using var site = new Site();
        using var gone = new Site(site.StoreFolder);
        Assert.True((
            await gone.BuildAsync(
            """<Stage Include="old" Command="echo old > @{out}/a" /><Promise Include="a" Stage="old" />""")).Succeeded);
        File.Delete(gone.ProjectFile);
        var (reached, go) = (site["reached"], site["go"]);
        var items = $$"""
            <Stage Include="base" Command="echo base > @{out}/a" /><Promise Include="a" Stage="base" />
            <Stage Include="paused" Command="cat @{base/a} > @{out}/b; : > {{reached}}; while [ ! -e {{go}} ]; do sleep 0.02; done" />
            <Promise Include="b" Stage="paused" />
            <Stage Include="last" Command="cat @{base/a} @{paused/b} > @{out}/c" /><Promise Include="c" Stage="last" />
            """;
        var build = site.BuildAsync(items);
        await Eventually.Is(() => File.Exists(reached), "the builder did not start");

        // No root says yet that anybody needs the base.
        var collected = site.Collect();
        Assert.False(build.IsCompleted);
        File.WriteAllText(go, "");

        Assert.True((await build).Succeeded, (await build).ToString());
        Assert.Single(collected.Items, i => i.Kind == Storage.GarbageKind.Tree);
        Assert.Equal("base", site.Result("last/c"));
        Assert.Empty(site.Damages());
        Assert.Empty((await site.BuildAsync(items)).Ran);
    }
}

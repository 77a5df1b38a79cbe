namespace Lightnix.Scenarios;

public sealed class RootsAndTheirClosure : IDisposable
{
    const string Chain = """
        <Stage Include="a" Command="echo a > @{out}/a" /><Promise Include="a" Stage="a" />
        <Stage Include="b" Command="cat @{a/a} > @{out}/b; echo b >> @{out}/b" /><Promise Include="b" Stage="b" />
        <Stage Include="c" Command="cat @{b/b} > @{out}/c; echo c >> @{out}/c" /><Promise Include="c" Stage="c" />
        """;

    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    int Trees => Directory.GetDirectories(Path.Combine(_site.StoreFolder, "trees")).Length;

    [Building.LinuxFact]
    public async Task Stay_and_nothing_runs_afterwards()
    {
        Assert.True((await _site.BuildAsync(Chain, stages: "c")).Succeeded);
        // Its links are for people; what keeps things is the root.
        _site.Sh("rm -r project/bin");
        _site.Collect();
        Assert.Equal(3, Trees);
        Assert.Empty((await _site.BuildAsync(Chain)).Ran);
    }

    [Building.LinuxFact]
    public async Task Go_with_the_project_and_what_another_root_shares_stays()
    {
        using var other = new Site(_site.StoreFolder);
        Assert.True((await _site.BuildAsync(Chain)).Succeeded);
        Assert.Empty((await other.BuildAsync(Chain, stages: "b")).Ran);
        File.Delete(_site.ProjectFile);
        other.Collect();
        // Of the other project all three are chosen, requested or not.
        Assert.Equal(3, Trees);
        File.Delete(other.ProjectFile);
        other.Collect();
        Assert.Equal(0, Trees);
        Assert.Empty(other.Damages());
    }
}

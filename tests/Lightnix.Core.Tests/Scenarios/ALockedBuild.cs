using Lightnix.Building;
using Lightnix.Builds;
using Lightnix.Model;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Scenarios;

public sealed class ALockedBuild : IDisposable
{
    const string Stage = """<Stage Include="a" Command="echo 1 > @{out}/x" />""";

    readonly Site _site = new();

    string LockPath => _site["project/lightnix.lock.json"];

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Needs_no_lock_file_where_there_are_no_stages()
    {
        Assert.Empty(await ErrorsAsync("", new() { File = LockPath, Locked = true }));
        Assert.Empty(await ErrorsAsync("", new() { File = LockPath, Use = true }));
        Assert.False(File.Exists(LockPath));

        Assert.Equal(["LNX1012"], await ErrorsAsync(Stage, new() { File = LockPath, Locked = true }));
    }

    [LinuxFact]
    public async Task Of_a_project_without_stages_leaves_the_lock_file_of_a_neighbour_alone()
    {
        _site.Write("project/neighbour.lnproj", "<Project />");
        Assert.Empty(await ErrorsAsync(Stage, new() { File = LockPath, Use = true }));
        var neighbours = File.ReadAllText(LockPath).Replace("site.lnproj", "neighbour.lnproj", StringComparison.Ordinal);
        File.WriteAllText(LockPath, neighbours);

        Assert.Empty(await ErrorsAsync("", new() { File = LockPath, Locked = true }));
        Assert.Empty(await ErrorsAsync("", new() { File = LockPath, Use = true }));
        Assert.Equal(neighbours, File.ReadAllText(LockPath));

        Assert.Equal(["LNX1012"], await ErrorsAsync(Stage, new() { File = LockPath, Locked = true }));
    }

    [LinuxFact]
    public async Task Refuses_a_lock_file_that_pins_stages_which_are_gone()
    {
        Assert.Empty(await ErrorsAsync(Stage, new() { File = LockPath, Use = true }));
        Assert.Empty(await ErrorsAsync(Stage, new() { File = LockPath, Locked = true }));

        Assert.Equal(["LNX1012"], await ErrorsAsync("", new() { File = LockPath, Locked = true }));
    }

    async Task<string[]> ErrorsAsync(string items, LockOptions theLock)
    {
        var request = _site.Request(items);
        var events = new List<BuildEvent>();
        var result = await ProjectBuilds.BuildAsync(request with { Options = request.Options with { Lock = theLock } }, events.Add,
            CancellationToken.None);
        var errors = events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic).Where(d => d.Severity == Severity.Error)
            .Select(d => d.Code).ToArray();
        Assert.Equal(errors.Length == 0, result.Succeeded);
        return errors;
    }
}

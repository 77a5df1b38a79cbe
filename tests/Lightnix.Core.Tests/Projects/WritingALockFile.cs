using Lightnix.Realizing;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>A real project that writes a lock file, in this process.</summary>
public sealed class WritingALockFile : IDisposable
{
    readonly Farm _farm = new();

    LockOptions Use => new() { File = _farm.LockFile, Use = true };

    public void Dispose() => _farm.Dispose();

    [Fact]
    public void Is_done_only_when_something_changed()
    {
        Assert.True(_farm.Build(theLock: Use).Succeeded);
        var time = File.GetLastWriteTimeUtc(_farm.LockFile);
        // As git on Windows checks it out: it says the same.
        File.WriteAllText(_farm.LockFile, File.ReadAllText(_farm.LockFile).Replace("\n", "\r\n", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(_farm.LockFile, time);

        Assert.Equal((true, 0), _farm.Build(theLock: Use with { Use = null }) is var (succeeded, ran) ? (succeeded, ran.Length) : default);

        Assert.Equal(time, File.GetLastWriteTimeUtc(_farm.LockFile));
        Assert.Equal(["farm.lnproj"], Directory.GetFiles(_farm.ProjectFolder).Select(Path.GetFileName)
            .Except(["lightnix.lock.json"]));
    }

    [Fact]
    public void Is_not_done_unasked_and_where_the_build_fails()
    {
        Assert.True(_farm.Build(theLock: Use with { Use = null }).Succeeded);
        Assert.False(_farm.Build("""<Promise Include="nothing" Stage="data" />""", theLock: Use).Succeeded);

        Assert.False(File.Exists(_farm.LockFile));
    }

    [Fact]
    public void Takes_out_stages_that_are_gone()
    {
        Assert.True(_farm.Build(theLock: Use).Succeeded);
        File.WriteAllText(_farm.LockFile, File.ReadAllText(_farm.LockFile)
            .Replace("\"model\": {", "\"former\": {", StringComparison.Ordinal));

        Assert.True(_farm.Build(theLock: Use).Succeeded);

        Assert.DoesNotContain("former", File.ReadAllText(_farm.LockFile), StringComparison.Ordinal);
        Assert.Contains(_farm.Said, s => s.Contains("wrote lightnix.lock.json: former, model", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("other.lnproj", true, false)]
    [InlineData("other.lnproj", false, true)]
    public void Refuses_that_of_another_project_which_is_there(string other, bool isThere, bool succeeds)
    {
        Assert.True(_farm.Build(theLock: Use).Succeeded);
        var own = File.ReadAllText(_farm.LockFile);
        File.WriteAllText(_farm.LockFile, own.Replace("farm.lnproj", other, StringComparison.Ordinal));
        if (isThere)
            File.WriteAllText(Path.Combine(_farm.Folder, "project", other), "<Project />");

        Assert.Equal(succeeds, _farm.Build(theLock: Use).Succeeded);

        // A project that was renamed takes its file along.
        Assert.Equal(succeeds, own == File.ReadAllText(_farm.LockFile));
        Assert.Equal(!succeeds, _farm.Said.Any(s => s.Contains("LNX1012: the lock file 'lightnix.lock.json' is that of "
            + "'other.lnproj'", StringComparison.Ordinal)));
    }

    [Fact]
    public void Refuses_switches_that_contradict_each_other()
    {
        Assert.False(_farm.Build(theLock: Use with { Locked = true }).Succeeded);
        Assert.Contains("there is no lock file", Assert.Single(_farm.Said), StringComparison.Ordinal);
        Assert.True(_farm.Build(theLock: Use).Succeeded);

        Assert.False(_farm.Build(theLock: Use with { Locked = true, Use = false, Update = ["model"] }).Succeeded);
        Assert.Equal(2, _farm.Said.Count(s => s.Contains("contradict each other", StringComparison.Ordinal)));
    }
}

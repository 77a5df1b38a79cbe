using Lightnix.Building;

namespace Lightnix.Scenarios;

/// <summary>A store on a file system of one mebibyte, and a builder that writes more. Needs the right to mount.</summary>
public sealed class ADiskThatIsFull : IDisposable
{
    readonly Storage.TempFolder _temp = new();

    public void Dispose()
    {
        _ = Storage.Sh.TryRun("umount", "/", [_temp["disk"]]);
        _temp.Dispose();
    }

    [LinuxFact]
    public async Task Keeps_the_builders_words_and_is_reported_first()
    {
        Directory.CreateDirectory(_temp["disk"]);
        if (Storage.Sh.TryRun("mount", "/", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", _temp["disk"]]).ExitCode != 0)
            return;
        using var site = new Site(_temp["disk/store"]);

        var built = await site.BuildAsync("""
            <Stage Include="large" Command="echo begun; head -c 3000000 /dev/zero > @{out}/a || { echo 'it gave up'; exit 3; }" />
            """);

        var error = Assert.Single(built.Errors);
        Assert.Equal("LNX2002", error.Code);
        Assert.StartsWith($"stage 'large' failed: the disk of the store '{_temp["disk/store"]}' is full, so make room first; exit code 3\n",
            error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains("  | it gave up", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sandbox", error.Message, StringComparison.Ordinal);
        // What filled the disk went with the run: the next one has room, and what was reported is kept.
        Assert.Contains("it gave up", site.Sh($"cat {_temp["disk/store"]}/logs/*/*"), StringComparison.Ordinal);
        Assert.True((await site.BuildAsync("""<Stage Include="small" Command="echo 1 > @{out}/a" />""")).Succeeded);
        Assert.Empty(site.Damages());
    }
}

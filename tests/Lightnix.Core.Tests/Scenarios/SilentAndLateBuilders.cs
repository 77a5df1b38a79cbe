using System.Diagnostics;
using Lightnix.Building;
using Lightnix.Running;

namespace Lightnix.Scenarios;

[Trait("Speed", "Slow")]
public sealed class SilentAndLateBuilders : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Silence_is_no_failure_and_a_limit_ends_one_of_a_chain_with_all_its_children()
    {
        // Late: it does not listen, nor does one child, and another is stopped.
        var items = """
            <Stage Include="silent" Command="sleep 1; echo 1 > @{out}/a" TimeLimit="00:01:00" /><Promise Include="a" Stage="silent" />
            <Stage Include="late" TimeLimit="00:00:02"
                   Command="cat @{silent/a}; trap '' TERM; sh -c 'kill -STOP $$' &amp;
                            setsid sh -c 'trap &quot;&quot; TERM; while :; do sleep 0.1; done' &amp; while :; do sleep 0.1; done" />
            <Stage Include="after" Command="echo 1 > @{out}/a" Inputs="late" /><Promise Include="a" Stage="after" />
            <Stage Include="beside" Command="cat @{silent/a} > @{out}/a" /><Promise Include="a" Stage="beside" />
            """;
        var watch = Stopwatch.StartNew();
        var built = await _site.BuildAsync(items);

        Assert.InRange(watch.Elapsed.TotalSeconds, 2, 120);
        var error = Assert.Single(built.Errors);
        Assert.Equal(("LNX2003", "TimeLimit"), (error.Code, error.Metadata));
        Assert.Contains("  | 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(["beside#1", "late#1", "silent#1"], built.Ran);
        Assert.Equal(["after"], built.Events.OfType<BuildEvent.Skipped>().Select(s => s.Stage.ToString()));
        Assert.Equal("", _site.Sh($"grep -lF 'TMPDIR={_site.StoreFolder}' /proc/[0-9]*/environ 2> /dev/null || :"));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_site.StoreFolder, "work")));
        // What failed is run again, what others finished is kept.
        Assert.Equal(["late#1"], (await _site.BuildAsync(items)).Ran);
    }

    [LinuxFact]
    public async Task Cancelling_ends_builders_and_keeps_what_others_finished()
    {
        using var cancel = new CancellationTokenSource();
        var items = $$"""
            <Stage Include="quick" Command="echo 1 > @{out}/a" /><Promise Include="a" Stage="quick" />
            <Stage Include="slow"
                   Command="cat @{quick/a}; [ -e {{_site["go"]}} ] || { : > {{_site["reached"]}}; sleep 300; }; echo 2 > @{out}/a" />
            <Promise Include="a" Stage="slow" />
            """;
        var build = _site.BuildAsync(items, cancellationToken: cancel.Token);
        await Eventually.Is(() => File.Exists(_site["reached"]), "the builder did not start");
        var watch = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 120);
        Assert.Equal("", _site.Sh($"grep -lF 'TMPDIR={_site.StoreFolder}' /proc/[0-9]*/environ 2> /dev/null || :"));
        Assert.Empty(_site.Damages());
        File.WriteAllText(_site["go"], "");
        Assert.Equal(["slow#1"], (await _site.BuildAsync(items)).Ran);
    }
}

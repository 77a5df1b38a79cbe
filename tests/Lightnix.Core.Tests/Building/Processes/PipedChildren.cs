namespace Lightnix.Building;

/// <summary>The way of Windows, tried where the tests run.</summary>
public sealed class PipedChildren : IDisposable
{
    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    async Task<ProcessRunner.Ended> Run(string text, TimeSpan? limit = null)
    {
        var child = PipedChild.Start(new()
        {
            File = "/bin/sh",
            Name = "sh",
            Words = ["-e", "-c", text],
            Environment = BuilderEnvironment.Make(_bench.Folder, null, BuilderEnvironment.OfThisProcess(), [], []),
            Folder = _bench.Folder,
            LogFile = _bench.LogFile,
        });
        return await ProcessRunner.WatchAsync(child, limit, CancellationToken.None);
    }

    [LinuxFact]
    public async Task Have_their_output_in_the_log()
    {
        Assert.Equal(5, (await Run("echo a; echo b >&2; cat; exit 5")).Status.Code);
        Assert.Equal(["a", "b"], _bench.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [LinuxFact]
    public async Task End_with_their_children()
    {
        Assert.True((await Run("sleep 100 & sleep 100", TimeSpan.FromMilliseconds(300))).TimedOut);
        Assert.Empty(_bench.Alive());
    }

    [LinuxFact]
    public async Task Do_not_wait_for_who_keeps_the_pipe()
    {
        var ended = Run("sleep 12 & echo done");
        Assert.Same(ended, await Task.WhenAny(ended, Task.Delay(10_000)));
        Assert.True((await ended).Status.Succeeded);
    }

    [LinuxFact]
    public void Say_why_they_do_not_start() => Assert.Throws<StartException>(() => PipedChild.Start(new()
    {
        File = "/nosuch",
        Name = "nosuch",
        Words = [],
        Environment = ImmutableSortedDictionary<string, string>.Empty,
        Folder = _bench.Folder,
        LogFile = _bench.LogFile,
    }));
}

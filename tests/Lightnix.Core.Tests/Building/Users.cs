namespace Lightnix.Building;

/// <summary>Benches in the sandbox of the user who runs the tests and, where that is root, of an ordinary user.</summary>
public sealed class Users : IDisposable
{
    readonly List<BuilderBench> _benches = [new()];

    /// <summary>What the sandbox hides.</summary>
    public string Root => _benches[0].Root;

    public void Dispose() => _benches.ForEach(b => b.Dispose());

    public BuilderBench Bench(bool ordinary)
    {
        var home = Directory.CreateDirectory(Path.Combine(Root, "home", "bin")).FullName;
        // As root: bubblewrap itself runs as an ordinary user.
        var wrapper = Path.Combine(home, "bwrap");
        File.WriteAllText(wrapper,
            "#!/bin/sh\nif [ $(id -u) = 0 ]; then exec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/bin/bwrap \"$@\"; fi\nexec "
            + "/usr/bin/bwrap \"$@\"\n");
        var path = ordinary ? home + ":/usr/bin:/bin" : "/usr/bin:/bin";
        var bench = new BuilderBench
        {
            Builders = new(new(_benches[0].Cache)
            {
                Environment = new Dictionary<string, string> { ["PATH"] = path, ["HOME"] = home },
                Hidden = [Root],
            })
        };
        _benches.Add(bench);
        if (!OperatingSystem.IsWindows())
            foreach (var folder in new[] { Root, Path.GetDirectoryName(home)!, home, wrapper, bench.Root, bench.Folder, bench.Out })
                File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        return bench;
    }

    /// <summary>What a command prints, complaints included, however it ends.</summary>
    public static async Task<string> Prints(BuilderBench bench, string command)
    {
        var before = bench.Log.Length;
        var outcome = await bench.Sh("set +e\n" + command);
        Assert.True(outcome is BuildOutcome.Completed or BuildOutcome.Failed { ExitCode: not null }, outcome.ToString());
        return bench.Log[before..];
    }
}

namespace Lightnix.Building;

/// <summary>Programs in folders of a test, and builders whose user has some of these folders on the path.</summary>
public sealed class FoundPrograms : IDisposable
{
    readonly List<BuilderBench> _benches = [];

    public FoundPrograms() => Directory.CreateDirectory(Home);

    /// <summary>
    /// Not in <c>/tmp</c> where root runs the tests: there is a folder of root's inside, in which the bubblewrap of an ordinary user makes
    /// no place for a mount.
    /// </summary>
    public string Root { get; } = (Environment.IsPrivilegedProcess && Directory.Exists("/srv")
        ? Directory.CreateDirectory($"/srv/lightnix-{Path.GetRandomFileName()}")
        : Directory.CreateTempSubdirectory("lightnix-programs-")).FullName;

    public string Home => Path.Combine(Root, "home", "me");

    public string Store => Path.Combine(Root, "store");

    /// <summary>What somebody wrote who should not have run.</summary>
    public string Traces => Path.Combine(Root, "traces");

    public void Dispose()
    {
        _benches.ForEach(b => b.Dispose());
        Directory.Delete(Root, recursive: true);
    }

    /// <summary>A program, and its whole name.</summary>
    public string Program(string path, string text)
    {
        var file = Write(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)0x1ED);
        return file;
    }

    public string Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>A script that leaves a trace where it can, which is outside.</summary>
    public string Tracing(string path, string then = "") => Program(path, $"#!/bin/sh\necho \"$0 $*\" >> {Traces}\n{then}\n");

    public string Link(string path, string target)
    {
        var link = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, Path.Combine(Root, target));
        return link;
    }

    /// <param name="path">Folders before those of the system.</param>
    public BuilderBench Bench(bool ordinary, string[] path, string? home = null, string? project = null, string? dotnet = null,
        bool sandboxed = true)
    {
        var own = Directory.CreateDirectory(Path.Combine(Root, "wrapped")).FullName;
        if (ordinary)
            Program("wrapped/bwrap",
                "#!/bin/sh\nif [ $(id -u) = 0 ]; then exec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/bin/bwrap \"$@\"; "
                + "fi\nexec /usr/bin/bwrap \"$@\"\n");
        var all = string.Join(':', path.Select(p => Path.Combine(Root, p)).Concat(ordinary ? [own] : []).Append("/usr/bin:/bin"));
        var bench = new BuilderBench
        {
            Builders = new(new(Path.Combine(Root, "cache"))
            {
                Dotnet = dotnet,
                Environment = new Dictionary<string, string> { ["PATH"] = all, ["HOME"] = home ?? Home },
                ProjectFolder = project,
                Hidden = sandboxed ? [Store] : null,
                Built = [Store],
            }),
        };
        _benches.Add(bench);
        if (!OperatingSystem.IsWindows())
            foreach (var folder in new[] { Root, bench.Root, bench.Folder, bench.Out })
                File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        return bench;
    }
}

using System.Xml.Linq;

namespace Lightnix.Torture;

/// <summary>
/// The projects of the acts: an import, an archive, random results, a best of several, a promise that takes reading, a log.
/// </summary>
sealed class ActProjects
{
    readonly World _world;
    int _links;

    public ActProjects(World world)
    {
        _world = world;
        World.Sh($"cd '{world.Folder}'; echo raw > raw.txt; mkdir -p a/b; echo one > a/b/one; echo two > a/two; tar -cf archive.tar a");
        var sum = World.Sh($"sha256sum '{world["archive.tar"]}' | cut -c -64");
        (First, Second, Gone) =
            (world.Write("first", Items("1", sum)), world.Write("second", Items("2", sum)), world.Write("gone", Items("3", sum)));
        Training = world.Write("training",
        [
            Projects.Stage("training", "Command", "ls @{checkpoint}; : > @{checkpoint}/step-$(ls @{checkpoint} | wc -l); exit 3",
                ("Checkpoint", "true")),
            Projects.Promise("training", "model"),
        ]);
    }

    public string First { get; }

    /// <summary>A training that gets one step further in each build, and is never done.</summary>
    public string Training { get; }

    /// <summary>Some stages as in the first, others not.</summary>
    public string Second { get; }

    /// <summary>The like of the second, which is deleted after it was built.</summary>
    public string Gone { get; }

    /// <summary>A folder for links that no other worker uses.</summary>
    public string Links() => _world[FormattableString.Invariant($"links/{Interlocked.Increment(ref _links)}")];

    public void Build(string project, string store)
    {
        if (World.Build(project, store, Links()).Errors is { } errors)
            throw new InvalidOperationException(errors);
    }

    IEnumerable<XElement> Items(string version, string sum) =>
    [
        Projects.Stage("raw", "Path", _world["raw.txt"]), Projects.Promise("raw", "raw.txt"),
        Projects.Stage("archive", "Url", new Uri(_world["archive.tar"]).AbsoluteUri, ("Sha256", sum), ("Unpack", "true")),
            Projects.Promise("archive", "a/b/one"),
        Projects.Stage("base", "Command",
            $"echo version {version}; cat @{{raw/raw.txt}} @{{archive/a/b/one}}; head -c 300000 /dev/urandom > @{{out}}/base; mkdir "
            + "@{out}/empty; ln -s base @{out}/link"), Projects.Promise("base", "base"),
        Projects.Stage("big", "Command", $"(printf '['; yes {version}, | head -n 700000 | tr -d '\\n'; printf '1]') > @{{out}}/big.json"),
            Projects.Promise("big", "big.json", ("Type", "Json")),
        Projects.Stage("model", "Command",
            "cp @{base/base} @{out}/copy; printf '#!/bin/sh\\n' > @{out}/tool; chmod +x @{out}/tool; echo 0.@{replicate} > @{out}/score"),
        Projects.Promise("model", "copy"), Projects.Promise("model", "score", ("Type", "Number")),
        Projects.Matcher("model", ("Select", "Best"), ("Metric", "score"), ("AtLeast", "2")),
    ];
}

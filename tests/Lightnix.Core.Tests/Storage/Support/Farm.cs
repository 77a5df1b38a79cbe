using System.Diagnostics;
using Lightnix.Builds;
using Lightnix.Model;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Storage;

/// <summary>
/// A real project and a real store, built in this process with real builders: five models, each a little better than the one before, no two
/// alike.
/// </summary>
sealed class Farm : IDisposable
{
    public const string Best = """<Matcher Include="model" Select="Best" Metric="accuracy.txt" AtLeast="5" />""";

    /// <summary>When what the farm made was not used for two weeks.</summary>
    public static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddDays(15);

    /// <param name="inMemory">Where a disk that syncs would only cost time.</param>
    public Farm(bool inMemory = false)
    {
        Folder = inMemory && Directory.Exists("/dev/shm")
            ? Directory.CreateDirectory(Path.Combine("/dev/shm", "lightnix-farm-" + Path.GetRandomFileName())).FullName
            : Directory.CreateTempSubdirectory("lightnix-farm-").FullName;
        Directory.CreateDirectory(ProjectFolder);
        File.WriteAllText(Project, "<Project />");
    }

    /// <summary>A farm whose project is built.</summary>
    public static Farm Built()
    {
        var farm = new Farm();
        Assert.Equal((true, 6), farm.Build() is var (succeeded, ran) ? (succeeded, ran.Length) : default);
        return farm;
    }

    public string Folder { get; }

    public string ProjectFolder => Path.Combine(Folder, "project");

    public string Project => Path.Combine(ProjectFolder, "farm.lnproj");

    public string StoreFolder => Path.Combine(Folder, "store");

    public string LockFile => Path.Combine(ProjectFolder, "lightnix.lock.json");

    public Store Open() => Store.Open(StoreFolder);

    /// <summary>Builds, and says what ran since.</summary>
    public (bool Succeeded, string[] Ran) Build(string matcher = Best, string recipe = "train", LockOptions? theLock = null)
    {
        var counter = Path.Combine(Folder, "ran");
        File.WriteAllText(counter, "");
        const string train = "echo 0.@{replicate} > @{out}/accuracy.txt; head -c 2000 /dev/urandom > @{out}/weights";
        var xml = $$"""
              <Stage Include="data" Command="echo data; echo one,two > @{out}/data.csv; echo data >> {{counter}}" />
              <Stage Include="model" Command="echo {{recipe}} @{data/data.csv}; {{train}}; echo 'model#@{replicate}' >> {{counter}}" />
              <Promise Include="data.csv" Stage="data" />
              <Promise Include="weights" Stage="model" />
              <Promise Include="accuracy.txt" Stage="model" Type="Number" Min="0" />
              {{matcher}}
            """;
        var request = new ProjectRequest
        {
            // Runs are counted in a file of the test, which a sandbox would not show.
            Options = new() { ProjectFile = Project, Cores = 2, Sandbox = "None", Lock = theLock ?? new() },
            Project = new() { Name = "farm", Directory = ProjectFolder, Items = DeclaredXml.Items(xml, literal: true) },
            Store = StoreFolder,
            LinkFolder = Path.Combine(ProjectFolder, "bin"),
            IntermediateFolder = Path.Combine(ProjectFolder, "obj"),
        };
        Said.Clear();
        var result = ProjectBuilds.BuildAsync(request, Say, CancellationToken.None).GetAwaiter().GetResult();
        return (result.Succeeded, [.. File.ReadAllLines(counter).Order(StringComparer.Ordinal)]);
    }

    // Two builds may go on at once.
    void Say(BuildEvent what)
    {
        lock (Said)
            Said.Add(what is BuildEvent.Diagnosed d ? d.Diagnostic.ToString() : what.ToString()!);
    }

    /// <summary>What the last build said.</summary>
    public List<string> Said { get; } = [];

    public GarbagePlan Collect(GarbagePolicy? policy = null)
    {
        using var store = Open();
        return store.Maintenance.Collect(policy ?? new(), Later);
    }

    public void AssertSound()
    {
        using var store = Open();
        Assert.Equal([], store.Maintenance.Verify().Select(d => $"{d.Place} {d.Problem}"));
    }

    /// <summary>Runs a script in the store's folder.</summary>
    public string Sh(string script)
    {
        var start = new ProcessStartInfo("sh", ["-euc", script]) { WorkingDirectory = StoreFolder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"exit code {process.ExitCode}: {script}");
    }

    /// <summary>What is chosen for the model.</summary>
    public Selection Model()
    {
        using var store = Open();
        return store.Roots.Read(Project).Stages["model"];
    }

    public int Trees => Directory.GetDirectories(Path.Combine(StoreFolder, "trees")).Length;

    public void Dispose()
    {
        using var process = Process.Start("sh", ["-c", $"chmod -R u+w '{Folder}'; rm -rf '{Folder}'"]);
        process.WaitForExit();
    }
}

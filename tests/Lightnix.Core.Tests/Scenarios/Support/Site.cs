using System.Collections.Concurrent;
using Lightnix.Builds;
using Lightnix.Model;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Scenarios;

/// <summary>A project in a folder, built in this process with real builders and a real store, which several may share.</summary>
sealed class Site : IDisposable
{
    readonly TempFolder _temp = new();

    /// <param name="store">Absolute; null: one of its own.</param>
    public Site(string? store = null)
    {
        StoreFolder = store ?? _temp["store"];
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        File.WriteAllText(ProjectFile, "<Project />");
    }

    public string StoreFolder { get; }

    public string ProjectFile => _temp["project/site.lnproj"];

    /// <summary>Changes each request, as by another property of the project.</summary>
    public Func<ProjectRequest, ProjectRequest> Adapt { get; set; } = request => request;

    /// <summary>Removes trees of intermediate stages after each build, as tasks do.</summary>
    public bool Evicts { get; set; } = true;

    /// <summary>What the last build would have evicted.</summary>
    public ImmutableArray<Reference<Tree>> Evictable { get; private set; } = [];

    public string this[string path] => _temp[path];

    public string Write(string path, string text) => _temp.Write(path, text);

    /// <summary>The first line of a file of a chosen result.</summary>
    public string Result(string path) => File.ReadAllLines(_temp["project/bin/" + path])[0];

    public string Sh(string script) => Storage.Sh.Run(script, _temp.Folder);

    public Store Open() => Store.Open(StoreFolder);

    /// <summary>All that `verify` finds.</summary>
    public string[] Damages()
    {
        using var store = Open();
        return [.. store.Maintenance.Verify().Select(d => $"{d.Place} {d.Problem}")];
    }

    public GarbagePlan Collect(GarbagePolicy? policy = null)
    {
        using var store = Open();
        return store.Maintenance.Collect(policy ?? new(), DateTimeOffset.UtcNow.AddDays(15));
    }

    /// <param name="items">Stages, promises and matchers.</param>
    /// <param name="events">Of this build, for a test that watches the build.</param>
    public async Task<Built> BuildAsync(string items, BuildMode mode = BuildMode.Build, string stages = "",
        ConcurrentQueue<BuildEvent>? events = null, CancellationToken cancellationToken = default)
    {
        events ??= [];
        var result = await ProjectBuilds.BuildAsync(Request(items, mode, stages), events.Enqueue, cancellationToken);
        Evictable = result.Evictable;
        if (Evicts)
            ProjectBuilds.Evict(StoreFolder, result.Evictable);
        return new(result.Succeeded, [.. events]);
    }

    /// <summary>Makes new attempts of runs.</summary>
    public async Task<Built> RepeatAsync(string items, string stages, int repetitions)
    {
        var events = new ConcurrentQueue<BuildEvent>();
        var result = await ProjectBuilds.RepeatAsync(Request(items, stages: stages), repetitions, events.Enqueue, CancellationToken.None);
        return new(result.Succeeded, [.. events]);
    }

    /// <summary>Adopts, or shows what would be adopted.</summary>
    public async Task<Built> AdoptAsync(string items, string stages, AdoptOptions options)
    {
        var events = new ConcurrentQueue<BuildEvent>();
        var result = await ProjectBuilds.AdoptAsync(Request(items, stages: stages), options, events.Enqueue, CancellationToken.None);
        return new(result.Succeeded, [.. events]);
    }

    /// <inheritdoc cref="BuildAsync"/>
    public ProjectRequest Request(string items, BuildMode mode = BuildMode.Build, string stages = "")
    {
        var project = Path.GetDirectoryName(ProjectFile)!;
        return Adapt(new()
        {
            // Builders meet their test by files outside, which a sandbox would not show.
            Options = new()
            {
                ProjectFile = ProjectFile,
                Mode = mode,
                Stages = Planning.StagePatterns.Split(stages),
                Cores = 4,
                Sandbox = "None"
            },
            Project = new() { Name = "site", Directory = project, Items = DeclaredXml.Items(items, literal: true) },
            Store = StoreFolder,
            LinkFolder = Path.Combine(project, "bin"),
            IntermediateFolder = Path.Combine(project, "obj"),
        });
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>How a build came out.</summary>
    public sealed record Built(bool Succeeded, ImmutableArray<BuildEvent> Events)
    {
        /// <summary>Runs that began, as <c>model#2</c>, sorted.</summary>
        public string[] Ran =>
            [.. Events.OfType<BuildEvent.Started>().Select(s => $"{s.Stage}#{s.Replicate}").Order(StringComparer.Ordinal)];

        public Diagnostic[] Errors =>
            [.. Events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic).Where(d => d.Severity == Severity.Error)];

        public override string ToString() => string.Join('\n', Events);
    }
}

using Lightnix.Building;
using Lightnix.Projects;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Builds;

/// <summary>What one build opens: the store, the root of the last build, traces and builders. A plan opens them to look.</summary>
sealed class BuildSession : IDisposable
{
    // Of a build that may not write to the store.
    readonly string? _temporaryCache;
    readonly ImmutableArray<string> _written;

    public BuildSession(ProjectRequest request, EventReporter events, CancellationToken cancellationToken)
    {
        IsPlan = request.Options.Mode == BuildMode.Plan;
        Store = IsPlan ? request.OpenReadOnly() : Store.Open(request.Store, request.Disk ?? new(), new StoreOptions
        {
            Abandoned = OrphanedBuilders.End,
            Waiting = text => events.Report(new BuildEvent.Held(text)),
            ToolStore = request.ToolStore,
            Cancelled = cancellationToken,
        });
        IsReadOnly = !IsPlan && Store.IsReadOnly;
        Locks = IsReadOnly ? LockStore.Of(request.IntermediateFolder) : Store.Locks;
        if (IsPlan || IsReadOnly)
            _temporaryCache = Path.Combine(HostFacts.TemporaryFolder(request.Environment), $"lightnix-plan-{Path.GetRandomFileName()}");
        Builders = new(new(_temporaryCache ?? Store.CacheFolder("builders"))
        {
            Dotnet = request.DotnetHost,
            Environment = request.Environment,
            ProjectFolder = request.Project.Directory,
            Hidden = request.Options.WantsSandbox ? [Store.Folder] : null,
            Built = [Store.Folder],
            Take = Store.Locks.AcquireAsync,
            Keep = _temporaryCache is null ? Store.Keep : null,
        });
        _written = [request.Store, request.LinkFolder, request.IntermediateFolder];
        Root = new(Store, request.IntermediateFolder, request.Options.ProjectFile);
        Last = Root.Read(out var problem);
        if (problem is not null)
            events.Report(PublicationErrors.DamagedRoot(problem));
        Results = new(Store, Last, remember: !IsPlan, everyByte: request.Options.Verify, cancellationToken);
    }

    /// <summary>True if nothing is built: the store is opened to look.</summary>
    public bool IsPlan { get; }

    /// <summary>True for a build in a store that it may only read: no session, no root, no run.</summary>
    public bool IsReadOnly { get; }

    public Store Store { get; }
    public LockStore Locks { get; }
    public Builders Builders { get; }
    public ProjectRoot Root { get; }

    /// <summary>What the last build chose.</summary>
    public Root Last { get; }

    public StoredResults Results { get; }
    public Host Host { get; } = HostFacts.Here;

    /// <summary>When the build began.</summary>
    public DateTimeOffset Began { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>The revision of the working tree, read when it is first asked for.</summary>
    public Revisions Revision => field ??= Builders.Revisions(_written);

    public void Dispose()
    {
        Builders.Dispose();
        Store.Dispose();
        if (_temporaryCache is not null && Directory.Exists(_temporaryCache))
            Directory.Delete(_temporaryCache, recursive: true);
    }
}

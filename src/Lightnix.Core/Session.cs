using System.Collections.Immutable;
using Lightnix.Building;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Projects;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix;

/// <summary>One build of one plan against one store.</summary>
sealed class Session : IDisposable
{
    readonly PipelineRequest _request;
    readonly Plan _plan;
    readonly ImmutableHashSet<StageName> _requested;
    readonly ImmutableHashSet<StageName> _closure;
    readonly ProjectLock _lock;
    readonly Teller _teller;
    readonly CancellationToken _cancelled;
    readonly Store _store;
    readonly StoredResults _results;
    readonly Builders _builders;
    readonly ProjectRoot _root;
    readonly Root _last;
    // A store in which nothing can be changed: no session, no root, no run.
    readonly bool _readOnly;
    readonly LockStore _locks;
    readonly Host _host = HostFacts.Here;
    readonly string? _passing;
    ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>> _mismatches = ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>>.Empty;

    public Session(PipelineRequest request, Plan plan, ImmutableHashSet<StageName> requested, ProjectLock theLock, Teller teller, CancellationToken cancellationToken)
    {
        (_request, _plan, _requested, _lock, _teller, _cancelled) = (request, plan, requested, theLock, teller, cancellationToken);
        _closure = Closure(plan, requested);
        // A plan writes nothing, and asks tools for their versions in a place of its own.
        _store = IsPlan ? Store.OpenReadOnly(request.Store, new() { ToolStore = request.ToolStore }) : Store.Open(request.Store, request.Disk ?? new(), new StoreOptions
        {
            Abandoned = Abandoned.End,
            Waiting = what => teller.Tell(new BuildEvent.Hint(null, what)),
            ToolStore = request.ToolStore,
            Cancelled = cancellationToken,
        });
        _readOnly = !IsPlan && _store.IsReadOnly;
        _locks = _readOnly ? LockStore.Of(request.IntermediateFolder) : _store.Locks;
        _passing = IsPlan || _readOnly ? Path.Combine(TemporaryFolder(request.Environment), $"lightnix-plan-{Path.GetRandomFileName()}") : null;
        _builders = new(_passing ?? _store.CacheFolder("builders"), request.DotnetHost, request.Environment, projectFolder: request.Project.Directory,
            hidden: request.Options.WantsSandbox ? [_store.Folder] : null, built: [_store.Folder], take: _store.Locks.AcquireAsync, keep: _passing is null ? _store.Keep : null);
        _root = new(_store, request.IntermediateFolder, request.Options.ProjectFile);
        _last = _root.Read(out var problem);
        if (problem is not null)
            _teller.Tell(new BuildEvent.Diagnosed(BuildErrors.DamagedRoot(problem)));
        _results = new(_store, _last, remember: !IsPlan, everyByte: request.Options.Verify, cancellationToken);
    }

    // Of this build: the process may have been started by another one.
    static string TemporaryFolder(IReadOnlyDictionary<string, string>? environment) =>
        environment?.GetValueOrDefault(OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR") is { } folder && Path.IsPathFullyQualified(folder) && Directory.Exists(folder) ? folder : Path.GetTempPath();

    public async Task<PipelineResult> RunAsync()
    {
        var cancellationToken = _cancelled;
        if (!IsPlan && new LinkMemory(_request.IntermediateFolder, _request.Options.ProjectFile).Rival is { } rival)
        {
            _teller.Tell(new BuildEvent.Diagnosed(BuildErrors.SharedFolder(_request.Options.ProjectFile, rival, _request.IntermediateFolder)));
            return PipelineResult.Failed;
        }
        // What a lock file does not pin is a mistake like any other of declaration: nothing is looked for then.
        if (_lock.IsLocked && !Matches() && !IsPlan)
            return PipelineResult.Failed;
        if (_request.Options.RequiresSandbox && !IsPlan && !_lock.IsLocked && await _builders.SandboxAsync().WaitAsync(_cancelled).ConfigureAwait(false) is { Name: null } none)
        {
            _teller.Tell(new BuildEvent.Diagnosed(BuildErrors.NoSandbox(none.Missing)));
            return PipelineResult.Failed;
        }
        var missing = ReferencedOutcomes.Missing(_plan, _store.Folder, _results).ToImmutableArray();
        foreach (var problem in missing)
            _teller.Tell(new BuildEvent.Diagnosed(problem));
        if (!missing.IsEmpty)
            return PipelineResult.Failed;
        if (!IsPlan && !_readOnly)
        {
            // Also a build that has nothing to do clears up after those that were killed.
            _store.Sweep();
            WriteDerivations();
        }
        var resolver = new StageResolver(new(OperatingSystem.IsWindows() ? "cmd" : "sh"), _results, VersionAsync, EpochNow());
        var outcomes = await new Scheduler<Resolution>(Rebuilder(resolver)).RunAsync(_plan, ReferencedOutcomes.Of(_plan), cancellationToken).ConfigureAwait(false);
        var chosen = _plan.Stages
            .Select(s => (Stage: s, Outcome: outcomes[s.Name] as StageOutcome.Chosen))
            .Where(s => s.Outcome is not null)
            .Select(s => Realized(s.Stage, s.Outcome!.Selection))
            .ToImmutableArray();
        if (!IsPlan)
            await ShowAsync(chosen, Pending(outcomes), cancellationToken).ConfigureAwait(false);
        foreach (var (stage, folder) in _readOnly ? chosen.SelectMany(c => c.TreeFolders.Select(f => (c.Stage, f))).Where(c => !Directory.Exists(c.f)) : [])
            _teller.Tell(new BuildEvent.Diagnosed(BuildErrors.Gone(stage, folder)));
        foreach (var clash in TargetClashes.Among([.. chosen.SelectMany(c => c.Files.Select(file => (c.Stage.Name, file)))]))
            _teller.Tell(new BuildEvent.Diagnosed(clash));
        foreach (var refused in ItemFiles.Refused(chosen))
            _teller.Tell(new BuildEvent.Diagnosed(refused));
        if (!IsPlan && !_teller.Failed)
            chosen = await PlaceAsync(chosen, cancellationToken).ConfigureAwait(false);
        await PinAsync(chosen, outcomes, cancellationToken).ConfigureAwait(false);
        var own = _plan.Stages.Select(s => Handing.Of(s, _request.Options.ProjectFile, _request.Store) with { Choice = outcomes[s.Name].Choice, Fails = outcomes[s.Name] is StageOutcome.Failed });
        return new(!_teller.Failed, chosen, _teller.Ran) { Exported = ReferencedOutcomes.Export(own, _plan, _request.Lineage) };
    }

    bool IsPlan => _request.Options.Mode == BuildMode.Plan;

    IRebuilder<Resolution> Rebuilder(StageResolver resolver) => _request.Options.Mode switch
    {
        _ when _lock.IsLocked => new LockedRealizer(resolver, _results, _lock.Pinned, _mismatches, _closure.Contains, IsPlan, _last, _store.Trees.FolderOf, _teller.Tell),
        BuildMode.Plan => new Forecaster(resolver, _results, _closure.Contains, s => _request.Options.PlanOf == BuildMode.Run && _requested.Contains(s), _host.Platform, _last, _lock.Pins, _teller.Tell),
        _ => new Realizer(resolver, _results, _request.Options.RunsNothing ? new NoRunner() : _readOnly ? new ReadOnlyRunner(_store.Folder) : Runner(), Wish, _host.Platform, _last, _lock.Pins, _request.Options.ProjectFile, _store.Trees.FolderOf, _teller.Tell),
    };

    Runner Runner() => new(
        _store,
        _builders,
        new Slots(_request.Options.MaxParallel),
        TimeProvider.System,
        _host,
        $"process {Environment.ProcessId} on {_host.Name}",
        _request.Options.KeepWorkspace,
        _teller.Tell,
        _request.Project.Directory);

    Wish Wish(StageName stage) =>
        !_closure.Contains(stage) ? Realizing.Wish.Look
        : _request.Options.Mode == BuildMode.Run && _requested.Contains(stage) ? Realizing.Wish.RunAgain
        : Realizing.Wish.Realize;

    public void Dispose()
    {
        _builders.Dispose();
        _store.Dispose();
        if (_passing is not null && Directory.Exists(_passing))
            Directory.Delete(_passing, recursive: true);
    }

    // Those that the last build wrote are there, unless a repair had to take one away.
    void WriteDerivations() => _store.Records.Add(
        _plan.Stages.Where(s => _last.Stages.GetValueOrDefault(s.Name.ToString())?.Derivation != s.Reference || !_store.Records.Contains(s.Reference)).Select(s => s.Derivation));

    async Task<string?> VersionAsync(string tool, CancellationToken cancellationToken) =>
        (await _builders.ProbeAsync(tool, cancellationToken).ConfigureAwait(false))?.Text;

    // One moment for the whole build: two stages must not see two days.
    static Func<string, string> EpochNow()
    {
        var now = TimeProvider.System.GetUtcNow();
        return epoch => EpochValue.At(epoch, now);
    }

    bool Matches()
    {
        _mismatches = LockCheck.Problems(_plan, _closure.Contains, _lock.Pinned, _results, _lock.PlaceOf);
        // A plan says of each stage what is wrong with it; of what is no stage any more, nobody else would.
        foreach (var problem in _mismatches.Where(m => !IsPlan || _plan.Find(m.Key) is null).SelectMany(m => m.Value))
            _teller.Tell(new BuildEvent.Diagnosed(problem));
        return _mismatches.IsEmpty;
    }

    // A lock file says what a whole build chose: one with an error changes nothing, nor does one that lacks what is pinned.
    async Task PinAsync(ImmutableArray<RealizedStage> chosen, ImmutableDictionary<StageName, StageOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (IsPlan || _teller.Failed || outcomes.Values.Any(o => o is StageOutcome.Chosen { LacksPinned: true }))
            return;
        if (await _lock.WriteAsync(_plan, [.. chosen.Select(c => (c.Stage.Name, c.Selection))], _locks, _teller, cancellationToken).ConfigureAwait(false) is { } done)
            _teller.Tell(new BuildEvent.Hint(null, done));
    }

    RealizedStage Realized(PlannedStage stage, Selection selection) => new(
        stage,
        selection,
        [.. selection.Choice.Trees.Select(_store.Trees.FolderOf)],
        PromisedFiles.AreAskedFor(stage) ? PromisedFiles.Of(stage, selection.Choice, _store.Trees.Get, _store.Trees.FolderOf) : []);

    // What cost hours and lacks only a corrected promise must outlive a collection.
    static Dictionary<string, Reference<Resolved>> Pending(IReadOnlyDictionary<StageName, StageOutcome> outcomes) =>
        outcomes.Where(o => o.Value is StageOutcome.Failed { Resolved: not null }).ToDictionary(o => o.Key.ToString(), o => ((StageOutcome.Failed)o.Value).Resolved!, StringComparer.OrdinalIgnoreCase);

    // After every build each link of the project, requested or not, points into the current choice or is gone.
    async Task ShowAsync(ImmutableArray<RealizedStage> chosen, Dictionary<string, Reference<Resolved>> pending, CancellationToken cancellationToken)
    {
        // The root first: what is chosen is kept even where a file of the user's own is in a link's way.
        var present = _plan.Stages.Select(s => s.Name.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!await _root.ChangeAsync(_last, Choose, _locks, cancellationToken).ConfigureAwait(false) && !chosen.IsEmpty)
            _teller.Tell(new BuildEvent.Hint(null, BuildErrors.NothingKeeps(_store.Folder)));
        var links = chosen.ToDictionary(c => c.Stage.Name.ToString(), c => new LinkTarget(c.TreeFolders, c.Selection.Choice.Plural));
        var memory = new LinkMemory(_request.IntermediateFolder, _request.Options.ProjectFile);
        // Noted before they are made: whoever finds one knows whose it is.
        foreach (var problem in memory.Move(_request.LinkFolder, links.Keys))
            _teller.Tell(new BuildEvent.Hint(null, problem));
        if (await new ResultLinks(_request.LinkFolder, () => memory.Others(_request.LinkFolder)).ShowAsync(links, _locks, cancellationToken).ConfigureAwait(false) is { } why)
            _teller.Tell(new BuildEvent.Hint(null, BuildErrors.TextLinks(_request.LinkFolder, why)));

        Root Choose(Root root) => root with
        {
            LockFile = _lock.PathForRoot,
            Stages = root.Stages
                .RemoveRange(root.Stages.Keys.Where(k => !present.Contains(k)))
                .SetItems(chosen.Select(c => KeyValuePair.Create(c.Stage.Name.ToString(), c.Selection))),
            Pending = root.Pending
                .RemoveRange(root.Pending.Keys.Where(k => !present.Contains(k)))
                .RemoveRange(chosen.Select(c => c.Stage.Name.ToString()))
                .SetItems(pending),
        };
    }

    async Task<ImmutableArray<RealizedStage>> PlaceAsync(ImmutableArray<RealizedStage> chosen, CancellationToken cancellationToken)
    {
        var items = new ItemFiles(_request, ItemWish.Items);
        await items.PlaceAsync(chosen.SelectMany(c => c.Files), _locks, cancellationToken).ConfigureAwait(false);
        return [.. chosen.Select(c => c with { Files = items.Handed(c.Files) })];
    }

    static ImmutableHashSet<StageName> Closure(Plan plan, ImmutableHashSet<StageName> requested)
    {
        var closure = requested.ToBuilder();
        // Inputs stand before what needs them.
        foreach (var stage in plan.Stages.Reverse().Where(s => closure.Contains(s.Name)))
            closure.UnionWith(stage.Inputs.Select(i => i.Stage));
        return closure.ToImmutable();
    }
}

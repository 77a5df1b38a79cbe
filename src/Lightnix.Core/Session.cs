using System.Collections.Immutable;
using Lightnix.Building;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Realizing;
using Lightnix.Storage;

namespace Lightnix;

/// <summary>One build of one plan against one store.</summary>
sealed class Session : IDisposable
{
    readonly PipelineRequest _request;
    readonly Plan _plan;
    readonly ImmutableHashSet<StageName> _requested;
    readonly ImmutableHashSet<StageName> _closure;
    readonly Teller _teller;
    readonly Store _store;
    readonly StoredResults _results;
    readonly Builders _builders;
    readonly Root _last;
    readonly Host _host = HostFacts.Here;

    public Session(PipelineRequest request, Plan plan, ImmutableHashSet<StageName> requested, Teller teller)
    {
        (_request, _plan, _requested, _teller) = (request, plan, requested, teller);
        _closure = Closure(plan, requested);
        _store = Store.Open(request.Store);
        _builders = new(_store.CacheFolder("builders"), request.DotnetHost, projectFolder: request.Project.Directory,
            hidden: request.Options.WantsSandbox ? [_store.Folder] : null);
        _last = _store.Roots.Read(request.Options.ProjectFile);
        _results = new(_store, _last);
    }

    public async Task<PipelineResult> RunAsync(CancellationToken cancellationToken)
    {
        if (_request.Options is { RequiresSandbox: true, Mode: not BuildMode.Plan } && await _builders.SandboxAsync().ConfigureAwait(false) is { Name: null } none)
        {
            _teller.Tell(new BuildEvent.Diagnosed(BuildErrors.NoSandbox(none.Missing)));
            return PipelineResult.Failed;
        }
        if (_request.Options.Mode != BuildMode.Plan)
            WriteDerivations();
        var resolver = new StageResolver(new(OperatingSystem.IsWindows() ? "cmd" : "sh"), _results, VersionAsync, EpochNow());
        IRebuilder<Resolution> rebuilder = _request.Options.Mode == BuildMode.Plan
            ? new Forecaster(resolver, _results, _closure.Contains, _host.Platform, _last, _teller.Tell)
            : new Realizer(resolver, _results, Runner(), Wish, _host.Platform, _last, _store.Trees.FolderOf, _teller.Tell);
        var outcomes = await new Scheduler<Resolution>(rebuilder).RunAsync(_plan, cancellationToken).ConfigureAwait(false);
        var chosen = _plan.Stages
            .Select(s => (Stage: s, Outcome: outcomes[s.Name] as StageOutcome.Chosen))
            .Where(s => s.Outcome is not null)
            .Select(s => Realized(s.Stage, s.Outcome!.Selection))
            .ToImmutableArray();
        if (_request.Options.Mode != BuildMode.Plan)
            await ShowAsync(chosen, Pending(outcomes), cancellationToken).ConfigureAwait(false);
        foreach (var clash in TargetClashes.Among([.. chosen.SelectMany(c => c.Files.Select(file => (c.Stage.Name, file)))]))
            _teller.Tell(new BuildEvent.Diagnosed(clash));
        return new(!_teller.Failed, chosen, _teller.Ran);
    }

    Runner Runner() => new(
        _store,
        _builders,
        new Slots(_request.Options.MaxParallel),
        TimeProvider.System,
        _host,
        $"process {Environment.ProcessId} on {_host.Name}",
        _request.Options.KeepWorkspace,
        _teller.Tell);

    Wish Wish(StageName stage) =>
        !_closure.Contains(stage) ? Realizing.Wish.Look
        : _request.Options.Mode == BuildMode.Run && _requested.Contains(stage) ? Realizing.Wish.RunAgain
        : Realizing.Wish.Realize;

    public void Dispose() => _store.Dispose();

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

    RealizedStage Realized(PlannedStage stage, Selection selection) => new(
        stage,
        selection,
        [.. selection.Trees.Select(_store.Trees.FolderOf)],
        PromisedFiles.AreAskedFor(stage) ? PromisedFiles.Of(stage, selection, t => _store.Trees.Find(t)!, _store.Trees.FolderOf) : []);

    // What cost hours and lacks only a corrected promise must outlive a collection.
    static Dictionary<string, Reference<Resolved>> Pending(IReadOnlyDictionary<StageName, StageOutcome> outcomes) =>
        outcomes.Where(o => o.Value is StageOutcome.Failed { Resolved: not null }).ToDictionary(o => o.Key.ToString(), o => ((StageOutcome.Failed)o.Value).Resolved!, StringComparer.OrdinalIgnoreCase);

    // After every build each link of the project, requested or not, points into the current choice or is gone.
    async Task ShowAsync(ImmutableArray<RealizedStage> chosen, Dictionary<string, Reference<Resolved>> pending, CancellationToken cancellationToken)
    {
        // The root first: what is chosen is kept even where a file of the user's own is in a link's way.
        var present = _plan.Stages.Select(s => s.Name.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        await _store.Roots.ChangeAsync(_last, Choose, _store.Locks, cancellationToken).ConfigureAwait(false);
        var links = chosen.ToDictionary(c => c.Stage.Name.ToString(), c => new LinkTarget(c.TreeFolders, c.Selection.Plural));
        await new ResultLinks(_request.LinkFolder).ShowAsync(links, _store.Locks, cancellationToken).ConfigureAwait(false);

        Root Choose(Root root) => root with
        {
            Stages = root.Stages
                .RemoveRange(root.Stages.Keys.Where(k => !present.Contains(k)))
                .SetItems(chosen.Select(c => KeyValuePair.Create(c.Stage.Name.ToString(), c.Selection))),
            Pending = root.Pending
                .RemoveRange(root.Pending.Keys.Where(k => !present.Contains(k)))
                .RemoveRange(chosen.Select(c => c.Stage.Name.ToString()))
                .SetItems(pending),
        };
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

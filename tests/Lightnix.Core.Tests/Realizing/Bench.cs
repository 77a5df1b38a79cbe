using System.Collections.Concurrent;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>A project, a store in memory and builders that are functions: everything about realizing but processes and files.</summary>
sealed class Bench : IRunner
{
    readonly Dictionary<string, PlannedStage> _stages = [];
    readonly Dictionary<StageName, ReferencedStage> _referenced = [];
    readonly List<string> _order = [];
    readonly Dictionary<string, Func<Making, string?>> _builders = [];
    readonly ConcurrentQueue<string> _ran = new(), _reasons = new();
    long _nonce;

    public MemoryResults Results { get; } = new();

    public Root Last { get; set; } = Root.None("/p.lnproj");

    /// <summary>Null: none is used. Otherwise every build pins what it chose, as a build of the project would.</summary>
    public LockFile? Lock { get; set; }

    public List<BuildEvent> Events { get; } = [];

    /// <summary>Stages of other projects that were chosen anew since.</summary>
    public HashSet<StageName> ChosenAnew { get; } = [];

    /// <summary>True of stages whose failure is skipped.</summary>
    public Func<StageName, bool> MayFail { get; set; } = _ => false;

    /// <summary>The default shell of this machine.</summary>
    public string Shell { get; set; } = "sh";

    /// <summary>What tools print after their name.</summary>
    public string Tools { get; set; } = " 1.0";

    /// <summary>The value of the epoch <c>Daily</c>.</summary>
    public string Today { get; set; } = "2026-11-22";

    public Plan Plan => new([.. _order.Select(n => _stages[n])]) { ReferencedStages = _referenced.ToImmutableSortedDictionary() };

    /// <summary>What was run since it was last asked, as <c>model#2</c>, sorted.</summary>
    public string[] Ran()
    {
        var ran = _ran.Order(StringComparer.Ordinal).ToArray();
        _ran.Clear();
        return ran;
    }

    /// <summary>Declares a stage whose builder writes the file <c>result</c>, or fails by giving null.</summary>
    public void Stage(string name, string command, Func<Making, string?> builder, string[]? inputs = null, Matcher? matcher = null,
        Promise[]? promises = null, Execution? execution = null, string[]? tools = null, string? epoch = null)
    {
        var needed = (inputs ?? []).Select(Input).OrderBy(i => i.At, Utf8Order.Instance).ToImmutableArray();
        var derivation = new Derivation
        {
            Name = StageName.Parse(name),
            Builder = new Builder.Command(command, null),
            Inputs = [.. needed.Select(
                i => new InputEntry(i.At, [], i.Stage.Project is null ? _stages[i.At].Reference : _referenced[i.Stage].Derivation!))],
            Tools = [.. tools ?? []],
            Epoch = epoch,
        };
        Results.Derivations[derivation.Reference()] = derivation;
        if (!_stages.ContainsKey(name))
            _order.Add(name);
        _builders[name] = builder;
        _stages[name] = new()
        {
            Name = derivation.Name,
            DeclaredName = derivation.Name,
            Item = new(ItemKind.Stage, name, DeclaredItem.NoMetadata, _order.IndexOf(name)),
            Derivation = derivation,
            Reference = derivation.Reference(),
            Inputs = needed,
            Promises = [.. promises ?? []],
            Matcher = matcher ?? Matcher.Default,
            Execution = execution ?? new(),
            Sources = [],
            Templates = [],
        };
    }

    public void Remove(string name)
    {
        _stages.Remove(name);
        _order.Remove(name);
    }
    /// <summary>A stage of another project, called <c>project:name</c>: with a result, or without one.</summary>
    public ReferencedStage Hand(string project, string name, string? result, bool fails = false, bool intermediate = false) =>
        _referenced[StageName.Parse(name).Of(project)] = new()
        {
            Project = $"/{project}.lnproj",
            Name = StageName.Parse(name),
            DeclaredName = StageName.Parse(name),
            Store = "/store",
            Matcher = Matcher.Default,
            Derivation = Foreign(project, name),
            Choice = result is null ? null
            : new(Foreign(project, name),
            [ChosenResult.Of(new(Digest.Of([])), Results.Take([KeyValuePair.Create("result", result)]).Reference)], Plural: false),
            Fails = fails,
            IsIntermediate = intermediate,
        };

    static Reference<Derivation> Foreign(string project, string name) => new(Digest.Of(Encoding.UTF8.GetBytes(project + name)));

    PlannedInput Input(string name) => name.Split(':') is [var project, var stage] && StageName.Parse(stage).Of(project) is var referenced
        ? new(referenced.Folder, referenced, [], _referenced[referenced].Matcher.IsPlural)
        : new(name, StageName.Parse(name), [], _stages[name].Matcher.IsPlural);

    public static Promise Promise(string path, double? min = null) => new()
    {
        Path = RelativePath.Parse(path),
        Item = new(ItemKind.Promise, path, DeclaredItem.NoMetadata, 0),
        Type = min is null ? PromiseType.Any : PromiseType.Number,
        Min = min,
    };

    public static Matcher Best(int atLeast) =>
        new() { Select = Select.Best, AtLeast = atLeast, AtMost = atLeast, Metric = new(RelativePath.Parse("result"), null) };

    /// <summary>Builds all stages, or some with their closure, as a build of the project would.</summary>
    public async Task<ImmutableDictionary<StageName, StageOutcome>> BuildAsync(string[]? only = null, string[]? again = null,
        bool plan = false, bool locked = false, string[]? update = null)
    {
        Events.Clear();
        _reasons.Clear();
        var stages = Plan;
        var asked = Closure(only ?? again ?? [.. _order]);
        var mismatches = locked
            ? await LockCheck.ProblemsAsync(
                stages, asked.Contains, _ => false, Lock!, Results, n => new("lock", 7, 0), CancellationToken.None)
            : ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>>.Empty;
        foreach (var mismatch in plan ? [] : mismatches.Values.SelectMany(m => m))
            Report(new BuildEvent.Diagnosed(mismatch));
        if (!plan && !mismatches.IsEmpty)
            return ImmutableDictionary<StageName, StageOutcome>.Empty;
        var resolver = new Resolver(
            Shell, Results, (tool, _) => Task.FromResult<string?>(tool + Tools), epoch => epoch == "Daily" ? Today : epoch);
        var context = new BuildContext
        {
            Resolver = locked ? new PinnedResolver(Lock!, mismatches, resolver, Results) : resolver,
            Traces = Results,
            Trees = Results,
            Lease = Results,
            Verdicts = Results,
            Last = Last,
            Platform = "linux-x64",
            IsLocked = locked,
            Chooser = locked ? new PinnedChooser(Lock!, mismatches, Results, FolderOf, Command)
                : new Chooser(Lock, n => (update ?? again)?.Contains(n.ToString()) == true),
            Demand = Demand,
            MayFail = MayFail,
            ParametersOf = stages.ParametersOf,
            IsChosenAnew = ChosenAnew.Contains,
            FolderOf = FolderOf,
            Command = Command,
            Report = Report,
            Project = "/p/data.lnproj",
        };
        var rebuilder = new Rebuilder(
            context, plan ? new ForeseeingRunner() : this, plan ? new PlanReports(context) : new BuildReports(context));
        var outcomes = await new Scheduler<ResolvedStage>(rebuilder)
            .RunAsync(stages, ReferencedOutcomes.Of(stages), CancellationToken.None);
        if (!plan)
            Last = Last with
            {
                Stages = Last.Stages.SetItems(outcomes.Where(o => o.Value is StageOutcome.Chosen)
                .Select(o => KeyValuePair.Create(o.Key.ToString(), ((StageOutcome.Chosen)o.Value).Selection)))
            };
        if (!plan && !locked && Lock is { } file && !outcomes.Values.Any(o => o is StageOutcome.Chosen { LacksPinned: true }))
            Lock = file with
            {
                Stages = file.Stages.SetItems(outcomes.Where(o => o.Value is StageOutcome.Chosen)
                .Select(o => KeyValuePair.Create(o.Key, LockedStage.Of(((StageOutcome.Chosen)o.Value).Selection))))
            };
        return outcomes;

        string FolderOf(Reference<Tree> tree) => tree.ToString();

        string Command(string verb) => $"lightnix {verb}";

        Demand Demand(StageName name) => !asked.Contains(name) ? Realizing.Demand.Observe
            : !plan && again?.Contains(name.ToString()) == true ? Realizing.Demand.RunAgain : Realizing.Demand.Realize;
    }

    /// <summary>Builds a stage <c>a</c> whose replicates give 10, 20, 30 and so on, and two less each time they are made again. Gives what
    /// was chosen, or what was diagnosed.</summary>
    public async Task<string> BuildReplicatesAsync(Matcher matcher)
    {
        Stage("a", "a", m => $"{10 * m.Replicate - 2 * (m.Attempt - 1)}", matcher: matcher);
        var built = await BuildAsync();
        return built[StageName.Parse("a")] is StageOutcome.Chosen chosen
            ? string.Join(' ', chosen.Selection.Choice.Trees.Select(t => Results.Read(t, "result")))
            : string.Join('\n', Events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic.ToString()));
    }

    /// <summary>The text of <c>result</c> of a stage's first choice.</summary>
    public string Result(ImmutableDictionary<StageName, StageOutcome> outcomes, string stage) =>
        Results.Read(Assert.IsType<StageOutcome.Chosen>(outcomes[StageName.Parse(stage)]).Selection.Results[0].Tree, "result");

    public IEnumerable<string> Errors =>
        Events.OfType<BuildEvent.Diagnosed>().Where(d => d.Diagnostic.Severity == Severity.Error).Select(d => d.Diagnostic.Code);

    /// <summary>Why each run of the last build was made.</summary>
    public IEnumerable<string> Reasons => _reasons;

    async Task<RunOutcome> IRunner.RunAsync(RunOrder order, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var name = order.Stage.Name.ToString();
        _reasons.Enqueue(order.Reason);
        _ran.Enqueue($"{name}#{order.Next.Replicate}");
        var inputs = order.Inputs
            .ToDictionary(i => i.Input.At, i => i.Choice.Trees.Select(t => Results.Read(t, "result")).ToArray());
        if (_builders[name](new(order.Next.Replicate, order.Next.Attempt, inputs)) is not { } text)
            return new RunOutcome.Failed(
                new("LNX2002", Severity.Error, $"stage '{order.Stage.Name}' failed: exit code 1", order.Stage.Item));
        var tree = Results.Take([KeyValuePair.Create("result", text)]);
        var run = new Run(
            new()
            {
                Resolved = order.Reference,
                Derivation = order.Stage.Reference,
                Tools = order.Tools,
                Replicate = order.Next.Replicate,
                Attempt = order.Next.Attempt,
                Order = order.Order(Results.HistoryOf(order.Reference).NextOrder),
                Nonce = Interlocked.Increment(ref _nonce).ToString(CultureInfo.InvariantCulture),
                Start = DateTimeOffset.UnixEpoch,
                End = DateTimeOffset.UnixEpoch,
                Host = new("h", "s", "linux-x64", "p", 2, "1"),
            },
            tree.Reference);
        Results.Add(run, order.Resolved);
        return new RunOutcome.Completed(run, Here: true);
    }

    void Report(BuildEvent reported)
    {
        lock (Events)
            Events.Add(reported);
    }

    HashSet<StageName> Closure(string[] names)
    {
        var closure = names.Select(StageName.Parse).ToHashSet();
        foreach (var stage in _order.AsEnumerable().Reverse().Select(n => _stages[n]).Where(s => closure.Contains(s.Name)))
            closure.UnionWith(stage.Inputs.Select(i => i.Stage));
        return closure;
    }

    /// <summary>What a builder sees.</summary>
    public sealed record Making(int Replicate, int Attempt, Dictionary<string, string[]> Inputs)
    {
        public string One(string input) => Inputs[input].Single();
    }
}

using Lightnix.Explaining;
using Lightnix.Realizing;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Explains what was built, by records alone: no project is evaluated.</summary>
public sealed class Retrospect(Store store)
{
    readonly Lazy<ImmutableDictionary<Reference<Realization>, Reference<Resolved>>> _known =
        new(() => new StoreIndex(store).Realizations());

    readonly Dictionary<string, ImmutableArray<RememberedBuild>> _builds = new(StringComparer.Ordinal);

    /// <summary>Why the runs of a stage's choice were made: what differs from the choice before, or from the stage's runs before.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public PastReason Of(Root root, string stage, Selection selection)
    {
        if (!_builds.TryGetValue(root.Project, out var builds))
            _builds.Add(root.Project, builds = new BuildQuery(store).Of(root));
        var last = builds.FirstOrDefault(b => b.Changed(stage));
        var reason = last is null ? OfRuns(stage, selection) : OfBuild(last, stage, selection);
        return selection.Choice.IsAmongStages ? reason with { IsAmongStages = true }
            : reason with { Unmoved = UnmovedOf(root, selection.Results[0]) };
    }

    /// <summary>Why the last build could not choose for a stage, and what differs from the last choice.</summary>
    public PastReason OfFailed(Root root, string stage, Reference<Resolved> resolved)
    {
        var history = store.Records.History(resolved);
        var before = root.Stages.GetValueOrDefault(stage);
        var newest = history.Facts.MaxBy(f => f.Order);
        var old = before is null || before.Choice.IsAmongStages ? null : Find(RealizationOf(before.Results[0]));
        // It has no result: any tree stands for one.
        var now = newest is null ? null : Made(new(resolved, new(resolved.Digest)), newest);
        var steps = old is null || now is null || old.Realization.Resolved == resolved ? [] : StepsOf(old, now);
        ImmutableArray<string> problems = history.Failures.MaxBy(f => f.Facts.Order) is { } failed && failed.Facts == newest
            ? [$"its last run failed: {failed.Reason}"] : ["none of its results could be chosen"];
        var own = steps.FirstOrDefault() ?? new(StageName.Parse(stage), PlannedAction.Fail, Reason.None);
        return new(stage, [own with { Reason = own.Reason with { Problems = problems } }, .. steps.Skip(1)], old?.Realization)
        {
            Runs = [.. history.Facts.OrderBy(f => f.Order)],
        };
    }

    /// <summary>Why the last build has no choice for a stage without runs of its own, or did not try a stage.</summary>
    /// <param name="because">The stage that failed.</param>
    public static PastReason OfFailed(string stage, string because)
    {
        var problem = string.Equals(stage, because, StringComparison.OrdinalIgnoreCase)
            ? "nothing that there is could be chosen" : $"it was not tried, as {because} has no choice";
        return new(stage, [new(StageName.Parse(stage), PlannedAction.Fail, new() { Problems = [problem] })], null);
    }

    /// <summary>What changed in the stages that two results were made from, and in their own.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public RootCauses Between(Realization before, Realization now) => RootCauses.Of(StepsOf(before, now));

    PastReason OfBuild(RememberedBuild last, string stage, Selection selection)
    {
        var (before, now, build) = (last.Before(stage), last.Chosen.GetValueOrDefault(stage) ?? selection, last.Build!);
        var reason = new PastReason(stage, [], null) { Build = build };
        if (!now.Choice.IsAmongStages)
        {
            reason = OfRuns(store.Records.History(now.Resolved), now.Results[0], reason);
            reason = reason with { Runs = build.Ran.ContainsKey(stage) ? [.. reason.Runs.Where(r => IsOf(r, build))] : [] };
        }
        if (before is null)
            return reason;
        var news = before.Choice.IsSame(now.Choice) ? null
            : new ChoiceNews(before.Results, now.Results, [.. ParametersOf(before, now).Select(c => c.Brief)]);
        // Of another winner, and of another run of the same, the builder saw nothing else.
        var steps = before.Resolved == now.Resolved || before.Results[0].Winner?.Stage != now.Results[0].Winner?.Stage ? []
            : StepsOf(RealizationOf(before.Results[0]), RealizationOf(now.Results[0]));
        var rules = Differences.Between(ChoiceRules.Of(before), ChoiceRules.Of(now));
        return reason with { Steps = With(rules, stage, steps), Former = RealizationOf(before.Results[0]), News = news };
    }

    static bool IsOf(RunFacts run, PastBuild build) => run.End >= build.Start && run.End <= build.End;

    // Of a store that does not remember the build.
    PastReason OfRuns(string stage, Selection selection)
    {
        if (selection.Choice.IsAmongStages)
            return new(stage, [], null);
        var history = store.Records.History(selection.Resolved);
        var reason = OfRuns(history, selection.Results[0], new(stage, [], null));
        return history.FirstOf(selection.Results[0].Tree) is { } run && FormerOf(run) is { } former
            ? reason with { Steps = StepsOf(former, RealizationOf(selection.Results[0])), Former = former } : reason;
    }

    static PastReason OfRuns(History history, ChosenResult chosen, PastReason reason) => reason with
    {
        Runs = [.. history.Runs.Where(r => r.Adopted is null).Select(r => r.Facts).OrderBy(f => f.Order)],
        Made = history.FirstOf(chosen.Tree)?.Facts,
        Adopted = history.FirstOf(chosen.Tree)?.Adopted,
    };

    static Realization RealizationOf(ChosenResult result) => new(result.Resolved, result.Tree);

    // Of the stages that won.
    static ImmutableArray<Cause> ParametersOf(Selection before, Selection now) =>
        before.Results[0].Winner is { } old && now.Results[0].Winner is { } young && old.Stage != young.Stage
            ? Differences.Between(old, young) : [];

    static ImmutableArray<StageReason> With(ImmutableArray<Cause> rules, string stage, ImmutableArray<StageReason> steps)
    {
        if (rules.IsEmpty)
            return steps;
        var name = StageName.Parse(stage);
        var own = steps.FirstOrDefault(s => s.Stage == name) ?? new(name, PlannedAction.Run, Reason.None);
        return [own with { Reason = own.Reason with { Rules = rules } }, .. steps.Where(s => s.Stage != name)];
    }

    /// <summary>A result and what it was made from, as far as they differ from a former result; the result itself first.</summary>
    ImmutableArray<StageReason> StepsOf(Realization before, Realization now) =>
        Find(before) is { } old && Find(now) is { } present ? StepsOf(old, present) : [];

    ImmutableArray<StageReason> StepsOf(MadeResult before, MadeResult now)
    {
        var (steps, seen) = (ImmutableArray.CreateBuilder<StageReason>(), new HashSet<(Realization, Realization)>());
        var pending = new Queue<(string? At, MadeResult Before, MadeResult Now)>([(null, before, now)]);
        while (pending.TryDequeue(out var pair))
        {
            var (_, old, present) = pair;
            if (old.Realization == present.Realization || !seen.Add((old.Realization, present.Realization)))
                continue;
            if (IsAnotherWinner(pair))
            {
                steps.Add(new(present.Stage, PlannedAction.Run,
                    new() { Changes = [new($"the choice of {pair.At}", old.Stage.ToString(), present.Stage.ToString())] }));
                continue;
            }
            var inputs = present.Inputs.SelectMany(i => ChangedOf(old, i.Key, i.Value)).ToImmutableArray();
            steps.Add(StepOf(old, present) with { Explained = [.. inputs.Select(i => i.At).Distinct()] });
            foreach (var input in inputs)
                pending.Enqueue(input);
        }
        return steps.ToImmutable();
    }

    // A choice among stages stands in a context by its own name, and its result is of the stage that won.
    static bool IsAnotherWinner((string? At, MadeResult Before, MadeResult Now) pair) =>
        pair.At is not null && pair.Before.Stage != pair.Now.Stage
        && !string.Equals(pair.At.Split('.')[^1], pair.Now.Stage.ToString(), StringComparison.OrdinalIgnoreCase);

    // An input that was made again and came out as it was is no cause.
    IEnumerable<(string At, MadeResult Before, MadeResult Now)> ChangedOf(MadeResult old, string at, ImmutableArray<Realization> results) =>
        from pair in old.Inputs.GetValueOrDefault(at, []).Zip(results)
        where pair.First.Tree != pair.Second.Tree
        let before = Find(pair.First)
        let now = Find(pair.Second)
        where before is not null && now is not null
        select (at, before, now);

    StageReason StepOf(MadeResult old, MadeResult now)
    {
        // One choice of several runs: another one was chosen.
        var changes = old.Realization.Resolved == now.Realization.Resolved
            ? [new("the choice", old.Realization.Reference().Short, now.Realization.Reference().Short)]
            : Differences.Between(SeenBy(old), SeenBy(now));
        return new(now.Stage, PlannedAction.Run, new() { Changes = changes, Former = old.Realization.Resolved });
    }

    Seen SeenBy(MadeResult made) => new(
        made.Resolved,
        Why.VersionsOf(store.Records.History(made.Realization.Resolved)),
        Seen.ListingBy(store.Trees.Find, at => made.Inputs.GetValueOrDefault(at, []).Select(r => r.Tree)));

    // Inputs whose stages have another result now, with the same files.
    ImmutableArray<StageReason> UnmovedOf(Root root, ChosenResult result) =>
        store.Records.History(result.Resolved).FirstOf(result.Tree) is not { } run ? [] :
        [
            .. from input in run.Facts.Context
               let now = root.Stages.GetValueOrDefault(input.Key)
               where now is not null
               from pair in input.Value.Select(Find).Zip(now.Results)
               where pair.First is not null && pair.First.Reference() != pair.Second.Realization && pair.First.Tree == pair.Second.Tree
               from step in StepsOf(pair.First, RealizationOf(pair.Second)).Take(1)
               select step,
        ];

    // Runs do not name their project: the newest run of a stage of that name.
    Realization? FormerOf(Run run)
    {
        var name = store.Records.Find(run.Facts.Derivation)?.Name;
        return name is null ? null : new StoreIndex(store).Runs()
            .Where(r => r.Facts.Resolved != run.Facts.Resolved && r.Facts.End <= run.Facts.Start
                && store.Records.Find(r.Facts.Derivation)?.Name == name)
            .MaxBy(r => r.Facts.End) is { } former ? new(former.Facts.Resolved, former.Tree) : null;
    }

    MadeResult? Find(Realization realization) =>
        store.Records.History(realization.Resolved).FirstOf(realization.Tree) is { } run ? Made(realization, run.Facts) : null;

    // Null where records were collected.
    MadeResult? Made(Realization realization, RunFacts facts) =>
        store.Records.Find(realization.Resolved) is { } resolved && store.Records.Find(facts.Derivation) is { } derivation
            ? new(realization, derivation.Name, resolved, facts.Context.ToImmutableSortedDictionary(
                c => c.Key, c => c.Value.Select(Find).OfType<Realization>().ToImmutableArray(), Utf8Order.Instance))
            : null;

    Realization? Find(Reference<Realization> reference) =>
        _known.Value.TryGetValue(reference, out var resolved) ? store.Records.Find(reference, resolved) : null;

    sealed record MadeResult(
        Realization Realization, StageName Stage, Resolved Resolved,
        ImmutableSortedDictionary<string, ImmutableArray<Realization>> Inputs);
}

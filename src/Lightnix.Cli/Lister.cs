using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Promises;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix ls</c>: roots and their stages, or all runs of them.</summary>
sealed class Lister(Desk desk)
{
    // What is damaged must not hide the rest.
    readonly SortedSet<string> _damages = new(StringComparer.Ordinal);

    public int Run(bool runs)
    {
        var roots = desk.Roots();
        if (runs)
            Runs(roots);
        else
            Choices(roots);
        foreach (var damage in _damages)
            Speech.Complain($"error {damage}");
        return _damages.Count == 0 ? Tool.Done : Tool.StoreProblem;
    }

    T? Try<T>(Func<T?> look)
    {
        try
        {
            return look();
        }
        catch (StoreException e)
        {
            _damages.Add($"{e.Code}: {e.Message}");
            return default;
        }
    }

    void Choices(ImmutableArray<Root> roots)
    {
        var states = new RunStates(desk.Store);
        var choices = (from root in roots from stage in root.Stages from listed in Listed(states, root, stage.Key, stage.Value.Choice) select listed).ToImmutableArray();
        var failed = (from root in roots from stage in root.Pending select Try(() => new FailedStage(desk.Store, root, stage.Key, stage.Value))).OfType<FailedStage>().ToImmutableArray();
        if (desk.Speech.IsJson)
        {
            var all = choices.Select(c => Try(c.ToJson)).Concat(failed.Where(f => !f.HasChoice).Select(f => Try(f.ToJson)));
            Speech.Json(new JsonValue.Array([.. all.OfType<JsonValue>()]));
            return;
        }
        foreach (var root in roots)
        {
            var rows = choices.Where(c => c.Root == root).Select(Row)
                .Concat(failed.Where(f => f.Root == root).Select(f => new[] { f.Stage, "none", "", "", Try(() => f.Last) is { } last ? Speech.When(last) : "", Try(() => f.Text) ?? "damaged" }))
                .ToList();
            if (rows.Count == 0)
                continue;
            Speech.Line(root.Project + (File.Exists(root.Project) ? "" : " (gone)"));
            Speech.Rows(["stage", "choice", "metric", "size", "made", "state"], rows.OrderBy(r => r[0], StringComparer.Ordinal));
        }
    }

    static IEnumerable<ListedResult> Listed(RunStates states, Root root, string stage, Choice choice) =>
        choice.Results.Select((result, i) => new ListedResult(states, root, stage, choice.Derivation, result, i + 1));

    string[] Row(ListedResult choice)
    {
        var (size, made, state) = (Try(() => choice.Size), Try(() => choice.Made), Try(() => choice.State));
        return [choice.Stage, choice.Realization.Short + (choice.IsPresent ? "" : " (gone)"), choice.Metric ?? "", Quantities.Text(size), made is { } time ? Speech.When(time) : "", state ?? "damaged"];
    }

    void Runs(ImmutableArray<Root> roots)
    {
        var counted = (from root in roots
                       from stage in root.Stages.Select(s => (s.Key, s.Value.Resolved, Selection: (Selection?)s.Value)).Concat(root.Pending.Select(p => (p.Key, Resolved: p.Value, Selection: root.Stages.GetValueOrDefault(p.Key))))
                       group stage by (root, stage.Key, stage.Resolved) into stages
                       select (Root: stages.Key.root, Stage: stages.Key.Key, Selection: (Selection?)stages.First().Selection, History: Try(() => desk.Store.Records.History(stages.Key.Resolved)) ?? History.Empty)).ToImmutableArray();
        var runs = counted.SelectMany(c => c.History.Runs.OrderBy(r => r.Facts.Order).Select(run => (c.Root, c.Stage, c.Selection, Run: run))).ToImmutableArray();
        // Of a stage whose last build could choose, what failed before does not matter any more.
        var failures = counted.Where(c => c.Root.Pending.ContainsKey(c.Stage)).SelectMany(c => c.History.Failures.OrderBy(f => f.Facts.Order).Select(f => (c.Root, c.Stage, Failure: f))).ToImmutableArray();
        if (desk.Speech.IsJson)
        {
            var states = new RunStates(desk.Store);
            Speech.Json(new JsonValue.Array([
                .. runs.Select(r => RunJson(states, r.Run, r.Selection).With("project", r.Root.Project).With("stage", r.Stage)),
                .. failures.Select(f => FailureJson(f.Failure).With("project", f.Root.Project).With("stage", f.Stage))]));
            return;
        }
        Rows(desk, runs.Select(r => new CountedRun(r.Stage, r.Run, r.Selection)), failures.Select(f => (f.Stage, f.Failure)));
    }

    /// <summary>A table of runs, and of those that failed.</summary>
    static void Rows(Desk desk, IEnumerable<CountedRun> runs, IEnumerable<(string Stage, Failure Failure)> failures)
    {
        var states = new RunStates(desk.Store);
        var done = runs.Select(r => Row(
            r.Stage, r.Run.Facts, r.Run.Realization.Short,
            states.Of(r.Run) + (states.Rejection(r.Run) is { } reason ? $": {Visible.Text(reason)}" : ""),
            Metric(desk.Store, r.Run, r.Selection) ?? ""));
        Speech.Rows(["stage", "replicate", "attempt", "result", "state", "metric", "took", "ended"],
            done.Concat(failures.Select(f => Row(f.Stage, f.Failure.Facts, f.Failure.Reference().Short, $"failed: {Visible.Text(f.Failure.Reason)}", ""))));
    }

    static string[] Row(string stage, RunFacts facts, string result, string state, string metric) =>
        [stage, Text(facts.Replicate), Speech.IsTerminal && facts.Attempt == 1 ? "" : Text(facts.Attempt), result, state, metric, Speech.Took(facts.Duration), Speech.When(facts.End)];

    /// <summary>A run as JSON.</summary>
    public static JsonValue.Object RunJson(RunStates states, Run run, Selection? selection) => JsonValue.Object.Empty
        .With("run", run.Reference().ToString()).With("realization", run.Realization.ToString()).With("tree", run.Tree.ToString())
        .With("replicate", run.Facts.Replicate).With("attempt", run.Facts.Attempt).With("order", run.Facts.Order)
        .With("state", states.Of(run)).With("start", Speech.Utc(run.Facts.Start)).With("end", Speech.Utc(run.Facts.End))
        .WithOptional("log", run.Facts.Log?.ToString()).WithOptional("metric", Metric(states.Store, run, selection))
        .WithOptional("reason", states.Rejection(run));

    /// <summary>A run that did not complete, as JSON.</summary>
    public static JsonValue.Object FailureJson(Failure failure) => JsonValue.Object.Empty
        .With("failure", failure.Reference().ToString()).With("replicate", failure.Facts.Replicate).With("attempt", failure.Facts.Attempt).With("order", failure.Facts.Order)
        .With("state", "failed").With("start", Speech.Utc(failure.Facts.Start)).With("end", Speech.Utc(failure.Facts.End))
        .WithOptional("log", failure.Facts.Log?.ToString()).With("reason", failure.Reason);

    static string? Metric(Store store, Run run, Selection? selection)
    {
        try
        {
            return selection?.Matcher.Metric is { } metric && store.Trees.Find(run.Tree) is { } tree ? PromiseCheck.Read(metric, store.Trees.Open(tree)).Text : null;
        }
        catch (Exception e) when (e is IOException or StoreException)
        {
            return null;
        }
    }

    static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A run, and what the last build chose of its stage.</summary>
    sealed record CountedRun(string Stage, Run Run, Selection? Selection);
}

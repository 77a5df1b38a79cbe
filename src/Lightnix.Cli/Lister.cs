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
        var choices = (from root in roots from stage in root.Stages from i in Enumerable.Range(0, stage.Value.Realizations.Length) select new Choice(desk.Store, root, stage.Key, stage.Value, i)).ToImmutableArray();
        if (desk.Speech.IsJson)
        {
            Speech.Json(new JsonValue.Array([.. choices.Select(c => Try(c.ToJson)).OfType<JsonValue>()]));
            return;
        }
        foreach (var project in choices.GroupBy(c => c.Root.Project))
        {
            Speech.Line(project.Key + (File.Exists(project.Key) ? "" : " (gone)"));
            Speech.Rows(["stage", "choice", "metric", "size", "made"],
                project.Select(c => new[] { c.Stage, c.Realization.Short + (c.IsPresent ? "" : " (gone)"), c.Metric ?? "", Quantities.Text(Try(() => c.Size)), Try(() => c.Made) is { } made ? Speech.When(made) : "" }));
        }
    }

    void Runs(ImmutableArray<Root> roots)
    {
        var runs = (from root in roots
                    from stage in root.Stages
                    from run in (Try(() => desk.Store.Records.History(stage.Value.Resolved)) ?? History.Empty).Runs.OrderBy(r => r.Facts.Order)
                    select (root, stage.Key, stage.Value, run)).ToImmutableArray();
        if (desk.Speech.IsJson)
        {
            var states = new RunStates(desk.Store);
            Speech.Json(new JsonValue.Array([.. runs.Select(r => RunJson(states, r.run, r.Value).With("project", r.root.Project).With("stage", r.Key))]));
            return;
        }
        Rows(desk, runs.Select(r => (r.Key, r.run, (Selection?)r.Value)));
    }

    /// <summary>A table of runs.</summary>
    public static void Rows(Desk desk, IEnumerable<(string Stage, Run Run, Selection? Selection)> runs)
    {
        var states = new RunStates(desk.Store);
        Speech.Rows(["stage", "replicate", "attempt", "result", "state", "metric", "took", "ended"],
            runs.Select(r => new[]
            {
                r.Stage, Text(r.Run.Facts.Replicate), Speech.IsTerminal && r.Run.Facts.Attempt == 1 ? "" : Text(r.Run.Facts.Attempt), r.Run.Realization.Short,
                states.Of(r.Run, r.Selection) + (states.Rejection(r.Run) is { } reason ? $": {reason}" : ""),
                Metric(desk.Store, r.Run, r.Selection) ?? "", Speech.Took(r.Run.Facts.Duration), Speech.When(r.Run.Facts.End),
            }));
    }

    /// <summary>A run as JSON.</summary>
    public static JsonValue.Object RunJson(RunStates states, Run run, Selection? selection) => JsonValue.Object.Empty
        .With("run", run.Reference().ToString()).With("realization", run.Realization.ToString()).With("tree", run.Tree.ToString())
        .With("replicate", run.Facts.Replicate).With("attempt", run.Facts.Attempt).With("order", run.Facts.Order)
        .With("state", states.Of(run, selection)).With("start", Speech.Utc(run.Facts.Start)).With("end", Speech.Utc(run.Facts.End))
        .WithOptional("log", run.Facts.Log?.ToString()).WithOptional("metric", Metric(states.Store, run, selection))
        .WithOptional("reason", states.Rejection(run));

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
}

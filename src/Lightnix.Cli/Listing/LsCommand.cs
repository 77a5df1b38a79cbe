using System.CommandLine;

namespace Lightnix.Cli;

/// <summary><c>lightnix ls</c>: lists roots with their stages, or all runs of these stages.</summary>
sealed class LsCommand(CommandContext context, DamageList damages)
{
    static readonly string[] Headers = ["stage", "state", "metric", "size", "made", "result", "note"];

    readonly ResultStates _states = new(context.Store);

    public static Command Create()
    {
        var runs = new Option<bool>("--runs") { Description = "Every run, not only what was chosen" };
        return CommandAction.Create("ls", "The stages of the projects in the store: state, metric, size and time", [runs],
            (p, context) => Run(context, p.GetValue(runs)));
    }

    static int Run(CommandContext context, bool runs)
    {
        var damages = new DamageList();
        if (runs)
            new RunTable(context, damages).Show(context.Roots());
        else
            new LsCommand(context, damages).Show(context.Roots());
        return damages.Report();
    }

    void Show(ImmutableArray<Root> roots)
    {
        if (context.IsJson)
            Output.Json(new JsonValue.Array([.. roots.SelectMany(ToJson).OfType<JsonValue>()]));
        else if (Output.IsTerminal)
            ShowTables(roots);
        else
            Output.Rows(Headers, roots.SelectMany(root => Rows(root).Select(row => (string[])[root.Project, .. row])));
    }

    void ShowTables(ImmutableArray<Root> roots)
    {
        foreach (var root in roots)
        {
            Output.Line(root.Project + (File.Exists(root.Project) ? "" : " (gone)"));
            Output.Rows(Headers, Rows(root));
        }
    }

    IEnumerable<string[]> Rows(Root root) => Listed(root,
        result => result.Row(damages),
        failed => damages.Try(failed.Row) ?? [failed.Stage, "damaged", "", "", "", "", ""],
        notBuilt => [notBuilt, NotBuilt, "", "", "", "", ""]);

    IEnumerable<JsonValue?> ToJson(Root root) => Listed<JsonValue?>(root,
        result => damages.Try(result.ToJson),
        failed => damages.Try(failed.ToJson),
        notBuilt => JsonValue.Object.Empty.With("project", root.Project).With("projectExists", File.Exists(root.Project))
            .With("stage", notBuilt).With("state", NotBuilt).With("stageState", NotBuilt).With("failed", false));

    const string NotBuilt = "not built";

    // A stage whose last build failed has its last good results beside it.
    IEnumerable<T> Listed<T>(Root root, Func<ListedResult, T> chosen, Func<FailedStage, T> failed, Func<string, T> notBuilt)
    {
        var names = root.Stages.Keys.Concat(root.Pending.Keys).Concat(root.NotBuilt.Keys);
        foreach (var stage in names.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal))
        {
            var failure = Failure(root, stage);
            var results = root.Stages.GetValueOrDefault(stage)?.Results ?? [];
            foreach (var (result, i) in results.Select((r, i) => (r, i)))
                yield return chosen(new(_states, root, stage, result, i + 1, failure));
            if (results.IsEmpty && failure is not null)
                yield return failed(failure);
            else if (results.IsEmpty && root.NotBuilt.ContainsKey(stage))
                yield return notBuilt(stage);
        }
    }

    FailedStage? Failure(Root root, string stage) => damages.Try(() => FailedStage.Find(context.Store, root, stage));
}

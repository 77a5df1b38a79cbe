using System.CommandLine;

namespace Lightnix.Cli;

/// <summary><c>lightnix ls</c>: lists roots with their stages, or all runs of these stages.</summary>
sealed class LsCommand(CommandContext context, DamageList damages)
{
    public static Command Create()
    {
        var runs = new Option<bool>("--runs") { Description = "Every run, not only what was chosen" };
        return CommandAction.Create("ls", "Roots and their stages: what was chosen, its metric, size and time", [runs],
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
        var states = new ResultStates(context.Store);
        ImmutableArray<ListedResult> results =
            [.. roots.SelectMany(root => root.Stages.SelectMany(stage => Results(states, root, stage.Key, stage.Value.Choice)))];
        ImmutableArray<FailedStage> failed = [.. roots.SelectMany(Failed)];
        if (context.IsJson)
        {
            var all = results.Select(r => damages.Try(r.ToJson)).Concat(failed.Where(f => !f.HasChoice).Select(f => damages.Try(f.ToJson)));
            Output.Json(new JsonValue.Array([.. all.OfType<JsonValue>()]));
            return;
        }
        foreach (var root in roots)
            Show(root, [.. results.Where(r => r.Root == root).Select(Row), .. failed.Where(f => f.Root == root).Select(Row)]);
    }

    static void Show(Root root, ImmutableArray<string[]> rows)
    {
        if (rows.IsEmpty)
            return;
        Output.Line(root.Project + (File.Exists(root.Project) ? "" : " (gone)"));
        Output.Rows(["stage", "choice", "metric", "size", "made", "state"], rows.OrderBy(r => r[0], StringComparer.Ordinal));
    }

    IEnumerable<FailedStage> Failed(Root root) => root.Pending
        .Select(stage => damages.Try(() => new FailedStage(context.Store, root, stage.Key, stage.Value))).OfType<FailedStage>();

    static IEnumerable<ListedResult> Results(ResultStates states, Root root, string stage, Choice choice) =>
        choice.Results.Select((result, i) => new ListedResult(states, root, stage, choice.Derivation, result, i + 1));

    string[] Row(ListedResult result)
    {
        var (size, made) = (damages.Try(() => result.Size), damages.Try(() => result.Made));
        var state = damages.Try(() => result.State + (result.IsAdopted ? ", adopted" : ""));
        return
        [
            result.Stage,
            result.Realization.Short + (result.Winner is { } winner ? $" of {winner.Stage}" : "") + Absence(result),
            result.Metric ?? "", Quantities.Text(size),
            made is { } time ? Output.When(time) : "", state ?? "damaged",
        ];
    }

    static string Absence(ListedResult result)
    {
        if (result.IsPresent)
            return "";
        return result.IsIntermediate ? " (evicted)" : " (gone)";
    }

    string[] Row(FailedStage stage)
    {
        var (last, state) = (damages.Try(() => stage.Last), damages.Try(() => stage.Text));
        return [stage.Stage, "none", "", "", last is { } time ? Output.When(time) : "", state ?? "damaged"];
    }
}

using Lightnix.Explaining;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary><c>lightnix why WHAT --chosen</c>: the candidates in the matcher's order, and what each of the others lacks.</summary>
sealed class ChosenReport(CommandContext context)
{
    public void Show(string what)
    {
        var (root, stage, selection) = Find(what);
        var standing = new Standings(context.Store).OfAsync(root, stage, selection, CancellationToken.None).GetAwaiter().GetResult();
        if (context.IsJson)
        {
            Output.Json(Json(root, standing));
            return;
        }
        if (Output.IsTerminal)
            Output.Line($"{stage} of {root.Project}: {MatcherText.Of(standing.Matcher)}");
        Output.Rows(["result", "stage", "replicate", standing.Matcher.Metric?.ToString() ?? "metric", "state", "why"],
            standing.Results.Select(Row));
        if (!standing.IsJudged && Output.IsTerminal)
            Output.Line("its promises are not judged, because an older Lightnix did not record them: build the project again");
    }

    static string[] Row(StandingResult result) =>
    [
        result.Candidate.Realization.Short, result.Candidate.Stage?.ToString() ?? "",
        result.Candidate.Stage is null ? string.Join(", ", result.Replicates) : "",
        result.Candidate.MetricText is { } metric ? Output.IsTerminal ? Figure.Of(metric) : metric : "",
        result.IsChosen ? "chosen" : result.IsPresent ? "kept" : "collected", result.Lacks ?? "",
    ];

    static JsonValue.Object Json(Root root, Standing standing) => JsonValue.Object.Empty.With("project", root.Project)
        .With("stage", standing.Stage).With("matcher", standing.Matcher.ToJson()).With("judged", standing.IsJudged)
        .With("candidates", new JsonValue.Array([.. standing.Results.Select(r => JsonValue.Object.Empty
            .With("realization", r.Candidate.Realization.ToString()).With("chosen", r.IsChosen).With("present", r.IsPresent)
            .WithOptional("stage", r.Candidate.Stage?.ToString()).WithOptional("metric", r.Candidate.MetricText)
            .WithOptional("lacks", r.Lacks)
            .With("replicates", new JsonValue.Array([.. r.Replicates.Select(n => JsonValue.Of(n))])))]));

    // A result is a candidate of the stage of which it was chosen, or of one that counts it.
    (Root Root, string Stage, Selection Selection) Find(string what)
    {
        if (context.Names.Stage(what) is { } stage)
            return (stage.Root, stage.Stage, stage.Selection);
        var results = context.Names.Traced(what, new Tracer(context.Store)).Results;
        var all = context.Roots().SelectMany(r => r.Stages.Select(s => (Root: r, Stage: s.Key, Selection: s.Value))).ToList();
        foreach (var isMeant in new Func<Selection, Realization, bool>[]
        {
            (s, r) => s.Choice.Realizations.Contains(r.Reference()),
            (s, r) => !s.Choice.IsAmongStages && s.Resolved == r.Resolved,
        })
        {
            if (all.Find(s => results.Any(r => isMeant(s.Selection, r))) is { Root: not null } found)
                return found;
        }
        throw new MistakeException($"no project of this store chooses among results like '{what}': it is of an earlier configuration, "
            + $"which '{context.Store.Tool.Of("runs")}' lists");
    }
}

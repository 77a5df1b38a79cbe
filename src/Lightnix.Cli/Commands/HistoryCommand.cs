using System.CommandLine;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary><c>lightnix history</c>: the last builds of a project that ran something or changed a choice.</summary>
sealed class HistoryCommand(CommandContext context)
{
    const int MostListed = 5;

    public static Command Create()
    {
        var stages = new Argument<string[]>("stage")
        {
            Description = "Only builds that ran or changed one of these; * stands for any characters. None: all stages",
            Arity = ArgumentArity.ZeroOrMore,
        };
        return CommandAction.Create("history", "The last 50 builds of a project: what ran, and which choices changed", [stages],
            (p, context) => new HistoryCommand(context).Run(p.GetValue(stages) ?? []));
    }

    int Run(string[] names)
    {
        var root = OneRoot.Of(context);
        ImmutableArray<MeantStages> meant = [.. names.Select(n => new MeantStages(context, n))];
        ImmutableArray<HistoryStep> steps =
        [
            .. from build in new BuildQuery(context.Store).Of(root)
               from stage in build.Stages
               let step = new HistoryStep(build, stage)
               where meant.IsEmpty || meant.Any(m => m.Has(stage, step.Now ?? step.Before))
               select step,
        ];
        if (steps.IsEmpty && !meant.IsEmpty)
            throw new MistakeException($"no build of '{root.Project}' that the store remembers ran or changed "
                + $"{Listed.First(MostListed, names.Select(n => $"'{n}'"))}{context.Names.Suggestion(names[0])}");
        if (context.IsJson)
            Output.Json(new JsonValue.Array([.. steps.GroupBy(s => s.Of).Select(Json)]));
        else if (Output.IsTerminal)
            Output.Rows(["build", "when", "stage", "ran", "metric", "choice", "revision"], steps.GroupBy(s => s.Of).SelectMany(Brief));
        else
            Output.Rows([], steps.Select(Complete));
        return Damages(root.Project);
    }

    // What is older than a damaged record is not listed.
    int Damages(string project)
    {
        var damages = new DamageList();
        foreach (var damage in context.Store.Roots.DamagesOfBuilds(project))
            damages.Add(damage);
        return damages.Report();
    }

    // Of many stages the first ones: a build of a sweep has hundreds.
    static IEnumerable<string[]> Brief(IEnumerable<HistoryStep> steps)
    {
        const int most = 8;
        var all = steps.ToImmutableArray();
        for (var i = 0; i < Math.Min(all.Length, most); i++)
        {
            string[] build = i > 0 ? ["", ""] : [Number(all[0].Of), Cell.Ago(all[0].Build.End)];
            yield return
            [
                .. build, all[i].Stage, all[i].RanText, all[i].MetricText, all[i].ChoiceText,
                i > 0 ? "" : Revision(all[0].Build, cut: !Output.IsVerbose),
            ];
        }
        if (all.Length > most)
            yield return ["", "", $"… and {Cell.Text(all.Length - most)} more", "", "", "", ""];
    }

    static string[] Complete(HistoryStep step) =>
    [
        Number(step.Of), Output.Utc(step.Build.End), Revision(step.Build, cut: false), step.Build.Who, step.Stage,
        Cell.Text(step.Ran.Completed), Cell.Text(step.Ran.Failed), Realizations(step.IsShift ? step.Before : null),
        Realizations(step.IsShift ? step.Now : null), step.Now?.Results[0].Metric ?? "",
        step.IsFailed ? "failed" : "",
    ];

    static string Realizations(Selection? selection) => string.Join(' ', ChoiceShift.Of(selection));

    static string Number(RememberedBuild build) => FormattableString.Invariant($"@{build.Number}");

    static string Revision(PastBuild build, bool cut)
    {
        const int most = 7;
        var text = build.Revision is { Length: > most } whole && cut ? whole[..most] : build.Revision;
        return text is not null && build.Dirty == true ? $"{text} (dirty)" : text ?? "";
    }

    static JsonValue.Object Json(IGrouping<RememberedBuild, HistoryStep> steps)
    {
        var build = steps.Key.Build!;
        var json = JsonValue.Object.Empty.With("build", steps.Key.Number).With("start", Output.Utc(build.Start))
            .With("end", Output.Utc(build.End)).With("who", build.Who).WithOptional("revision", build.Revision);
        return (build.Dirty is { } dirty ? json.With("dirty", dirty) : json)
            .With("stages", new JsonValue.Array([.. steps.Select(Json)]));
    }

    static JsonValue.Object Json(HistoryStep step)
    {
        var json = JsonValue.Object.Empty.With("stage", step.Stage).With("completed", step.Ran.Completed).With("failed", step.Ran.Failed)
            .With("changed", step.IsShift).WithOptional("now", ComparisonJson.Of(step.Now?.Choice))
            .WithFlag("chosenNone", step.IsFailed);
        return step.IsShift ? json.WithOptional("before", ComparisonJson.Of(step.Before?.Choice)) : json;
    }
}

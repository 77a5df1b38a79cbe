using System.CommandLine;
using Lightnix.Explaining;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary><c>lightnix why</c>: would a stage run now, and why; or why it ran last time.</summary>
sealed class WhyCommand(CommandContext context)
{
    public static Command Create()
    {
        var what = new Argument<string?>("what")
        {
            Description = "A stage, or cells of a matrix; none: the whole project",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var plan = new Option<string?>("--plan")
        {
            Description = $"A file that 'dotnet build -t:LightnixPlan -getItem:{PlanReading.Item}' wrote",
        };
        var last = new Option<bool>("--last") { Description = "Only why it ran last time: the project is not evaluated" };
        var chosen = new Option<bool>("--chosen") { Description = "Why this result: the candidates, and what the others lack" };
        var kept = new Option<bool>("--kept") { Description = "Why garbage collection keeps it" };
        var command = CommandAction.Create("why", "Would a stage run now, and why; or why it ran last time, was chosen or is kept",
            [chosen, kept, last, plan, what],
            (p, context) => new WhyCommand(context).Run(
                p.GetValue(what), p.GetValue(chosen), p.GetValue(kept), new(p.GetValue(plan), p.GetValue(last))));
        command.Validators.Add(found =>
        {
            if (new[] { found.GetValue(chosen), found.GetValue(kept), found.GetValue(last), found.GetValue(plan) is not null }
                .Count(o => o) > 1)
                found.AddError("--chosen, --kept, --last and --plan exclude each other: write one of them");
        });
        return command;
    }

    int Run(string? what, bool chosen, bool kept, Sources sources)
    {
        if ((chosen || kept) && what is null)
            throw new MistakeException($"name a stage, a result or a file: lightnix why model --{(chosen ? "chosen" : "kept")}");
        if (chosen)
            new ChosenReport(context).Show(what!);
        else if (kept)
            new KeptReport(context).Show(what!);
        else
            Explain(what, sources.Plan, sources.OnlyLast);
        return ExitCodes.Done;
    }

    void Explain(string? what, string? plan, bool onlyLast)
    {
        var (project, stage) = Named(what);
        var planned = onlyLast ? null : plan is null ? PresentPlan.Ask(project, context.Store.Folder, stage) : PlanReading.Read(plan);
        if (!onlyLast && planned is null && !context.IsJson)
            Output.Error($"'{project}' cannot be evaluated now, so this is why it ran last time");
        var answer = new WhyAnswer(context.Store, project, stage, planned) { Past = Past(project, stage, planned) };
        if (answer is { Plan: null, Past.IsEmpty: true })
            throw new MistakeException($"the store knows no run of '{stage}' in '{project}': build it{context.Names.Suggestion(stage)}");
        if (context.IsJson)
            Output.Json(WhyJson.Of(answer));
        else
            new WhyText(context.Store, answer).Show();
    }

    // Of a stage that is up to date, what the last build knew.
    ImmutableArray<PastReason> Past(string project, string stage, ImmutableArray<StageReason>? planned)
    {
        var root = context.Store.Roots.Read(project);
        var retrospect = new Retrospect(context.Store);
        return
        [
            .. root.Pending.Where(p => planned is null && WhyAnswer.IsMeant(stage, p.Key))
                .Select(p => retrospect.OfFailed(root, p.Key, p.Value)),
            .. root.Failed.Where(f => planned is null && !root.Pending.ContainsKey(f.Key) && WhyAnswer.IsMeant(stage, f.Key))
                .Select(f => Retrospect.OfFailed(f.Key, f.Value)),
            .. root.Stages.Where(s => WhyAnswer.IsMeant(stage, s.Key))
                .Where(s => stage.Length > 0 || planned is null)
                .Where(s => planned is not null || !(root.Pending.ContainsKey(s.Key) || root.Failed.ContainsKey(s.Key)))
                .Where(s => planned?.Any(p => p.IsOpen && IsNamed(p.Stage.ToString(), s.Key)) != true)
                .Select(s => retrospect.Of(root, s.Key, s.Value)),
        ];
    }

    (string Project, string Stage) Named(string? what)
    {
        if (what is null)
            return (Project(), "");
        if (NumberedName.Parse(what) is { Build: not null, Name: var now })
            throw new MistakeException($"why explains what is now and what the last build did: write '{now}', or compare "
                + $"with '{context.Store.Tool.Of($"diff {what} {now}")}'");
        var known = context.Names.Stage(what)?.Root ?? context.Names.Failed(what)?.Root;
        var name = what[(what.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var project = known?.Project ?? Project();
        return (project, name);
    }

    // One that was never built has no root.
    string Project()
    {
        var isNew = context.Mine().IsEmpty && Directory.Exists(context.ProjectFolder);
        string[] files = isNew ? Directory.GetFiles(context.ProjectFolder, "*.lnproj") : [];
        return files is [var file] ? file : OneRoot.Of(context).Project;
    }

    sealed record Sources(string? Plan, bool OnlyLast);

    static bool IsNamed(string stage, string name) => string.Equals(stage, name, StringComparison.OrdinalIgnoreCase);
}

using System.CommandLine;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix variance</c>: whether runs of the same thing give the same bytes.</summary>
static class VarianceCommand
{
    public static Command Create()
    {
        var what = CommandAction.What();
        var replay = new Option<int?>("--replay") { Description = "Repeat so many recorded runs first, with their seeds" };
        return CommandAction.Create("variance", "Whether the same seed gives the same bytes, and which files differ", [what, replay],
            (p, context) => Run(context, p.GetValue(what)!, p.GetValue(replay)));
    }

    static int Run(CommandContext context, string name, int? replay)
    {
        if (replay is { } count && Repeat(context, name, count) != 0)
            return ExitCodes.Found;
        var query = new VarianceQuery(context.Store);
        ImmutableArray<NamedVariance> found = [.. Meant(context, name).Select(m => new NamedVariance(m.Name, query.Of(m.Resolved)))];
        if (found is not [var one])
            NamedVariance.Show(found, context.IsJson);
        else if (context.IsJson)
            Output.Json(VarianceJson.Of(one.Variance, one.Name));
        else
            new VarianceText(one.Variance, one.Name).Show();
        if (found.Any(f => f.Variance.Verdict == VarianceVerdict.Varies))
            return ExitCodes.Found;
        return found.Any(f => f.Variance.Verdict == VarianceVerdict.NotKnown) ? ExitCodes.NotKnown : ExitCodes.Done;
    }

    // Only a build knows how to run a stage: with its sources, tools and programs.
    static int Repeat(CommandContext context, string name, int count)
    {
        if (count < 1)
            throw new MistakeException(FormattableString.Invariant($"'{count}' in --replay is no number of runs: write 1 or more"));
        var stages = NumberedName.Parse(name).Build is not null ? [] : Stages(context, name);
        if (stages.IsEmpty)
            throw new MistakeException($"'{name}' is no stage that was built here, and --replay repeats runs of what a project "
                + "declares now: name a stage of a project in the current folder, or of the one in --project");
        // A choice runs nothing: what won is meant.
        var repeated = stages.Select(s => s.Selection.Results[0].Winner?.Stage.ToString() ?? s.Stage);
        return DotnetBuild.Run(
            [
                stages[0].Root.Project, "-nologo", "-v:m", "-tl:off", "-t:LightnixRepeat",
                DotnetBuild.Property("Stages", string.Join(' ', repeated)),
                DotnetBuild.Property("Repetitions", count.ToString(CultureInfo.InvariantCulture)),
                DotnetBuild.Property("Store", context.Store.Folder),
            ],
            isSilent: context.IsJson || !Output.IsTerminal);
    }

    // A stage, or the cells of a matrix.
    static ImmutableArray<NamedStage> Stages(CommandContext context, string name) =>
        context.Names.Stage(name) is { } stage ? [stage] : [.. new MeantStages(context, name).Chosen];

    static IEnumerable<(string Name, Reference<Resolved> Resolved)> Meant(CommandContext context, string name)
    {
        var stages = Stages(context, name);
        if (!stages.IsEmpty)
            return stages.Select(s => (stages.Length == 1 ? name : s.Stage, Resolved(s)));
        if (context.Names.Failed(name) is { Resolved: { } failed })
            return [(name, failed)];
        var found = context.Names.Find(name, FoundKind.Resolved, FoundKind.Realization, FoundKind.Run, FoundKind.Failure);
        return [(name, found.In ?? new(found.Digest))];
    }

    static Reference<Resolved> Resolved(NamedStage stage)
    {
        var known = stage.Selection.Results.Select(r => r.Resolved).Distinct().ToImmutableArray();
        return known is [var one] ? one : throw new MistakeException($"'{stage.Stage}' chose results of {known.Length} configurations, and "
            + $"runs of one are compared: name one of them, as {known[0].Short}");
    }
}

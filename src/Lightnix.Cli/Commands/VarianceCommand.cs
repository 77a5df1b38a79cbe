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
        var variance = new VarianceQuery(context.Store).Of(Resolved(context, name));
        if (context.IsJson)
            Output.Json(VarianceJson.Of(variance, name));
        else
            new VarianceText(variance, name).Show();
        return variance.Verdict switch
        {
            VarianceVerdict.Varies => ExitCodes.Found,
            VarianceVerdict.NotKnown => ExitCodes.NotKnown,
            _ => ExitCodes.Done,
        };
    }

    // Only a build knows how to run a stage: with its sources, tools and programs.
    static int Repeat(CommandContext context, string name, int count)
    {
        if (count < 1)
            throw new MistakeException(FormattableString.Invariant($"'{count}' in --replay is no number of runs: write 1 or more"));
        if (NumberedName.Parse(name).Build is not null || context.Names.Stage(name) is not { } stage)
            throw new MistakeException($"'{name}' is no stage that was built here, and --replay repeats runs of what a project "
                + "declares now: name a stage of a project in the current folder, or of the one in --project");
        // A choice runs nothing: what won is meant.
        var repeated = stage.Selection.Results[0].Winner?.Stage.ToString() ?? stage.Stage;
        return DotnetBuild.Run(
            [
                stage.Root.Project, "-nologo", "-v:m", "-tl:off", "-t:LightnixRepeat", DotnetBuild.Property("Stages", repeated),
                DotnetBuild.Property("Repetitions", count.ToString(CultureInfo.InvariantCulture)),
                DotnetBuild.Property("Store", context.Store.Folder),
            ],
            isSilent: context.IsJson || !Output.IsTerminal);
    }

    static Reference<Resolved> Resolved(CommandContext context, string name)
    {
        var known = context.Names.Stage(name) is { } stage
            ? stage.Selection.Results.Select(r => r.Resolved).Distinct().ToImmutableArray() : context.Names.Resolved(name);
        if (known is [var one])
            return one;
        if (!known.IsEmpty)
            throw new MistakeException($"'{name}' chose results of {known.Length} configurations, and runs of one are compared: "
                + $"name one of them, as {known[0].Short}");
        var found = context.Names.Find(name, FoundKind.Resolved, FoundKind.Realization, FoundKind.Run, FoundKind.Failure);
        return found.In ?? new(found.Digest);
    }
}

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
        return CommandAction.Create("variance", "Whether the same seed gives the same bytes, and which files differ", [what],
            (p, context) => Run(context, p.GetValue(what)!));
    }

    static int Run(CommandContext context, string name)
    {
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

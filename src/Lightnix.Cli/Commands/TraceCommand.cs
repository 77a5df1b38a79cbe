using System.CommandLine;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary><c>lightnix trace</c>: where a result or a file came from, down to the sources.</summary>
sealed class TraceCommand(CommandContext context, Tracer tracer)
{
    public static Command Create()
    {
        var what = new Argument<string>("what")
        {
            Description = "A stage, the beginning of a reference, or a file or folder, which is found by its content",
        };
        return CommandAction.Create("trace", "Where a result or a file came from: runs, inputs and sources", [what],
            (p, context) => new TraceCommand(context, new Tracer(context.Store)).Run(p.GetValue(what)!));
    }

    int Run(string text)
    {
        var named = context.Names.Traced(text, tracer);
        var trace = tracer.Of(named.Results);
        if (context.IsJson)
            Output.Json(TraceJson.Of(named, trace));
        else if (Output.IsTerminal)
            new TraceText(trace, context.Store).Show(named);
        else
            Output.Rows([], named.Results.SelectMany(r => trace.From(r.Reference())).Where(s => s.Result is not null).Select(Row));
        return ExitCodes.Done;
    }

    static string[] Row(TraceStep step)
    {
        var (result, facts) = (step.Result!, step.Result!.Run?.Facts);
        return
        [
            string.Join('/', step.Names), result.Reference.ToString(), result.Realization.Tree.ToString(), Text(facts?.Replicate),
            Text(facts?.Attempt), Text(facts?.Seed), facts is null ? "" : Output.Utc(facts.End), facts?.Host.Name ?? "",
            result.ChosenBy.FirstOrDefault()?.Project ?? "", result.Run?.Adopted?.Reason ?? "",
            RunJson.Text(result.Notes),
        ];
    }

    static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

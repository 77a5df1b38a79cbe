using System.CommandLine;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix log</c>: prints the log of a builder, byte for byte into a file or a pipe, made visible on a terminal.</summary>
sealed class LogCommand(CommandContext context)
{
    public static Command Create()
    {
        var what = CommandAction.What();
        return CommandAction.Create("log", "What a builder printed", [what],
            (p, context) => new LogCommand(context).Run(p.GetValue(what)!));
    }

    int Run(string text)
    {
        if (Find(text) is { } log)
            Print(log);
        else if (context.IsJson)
            Output.Json(JsonValue.Object.Empty.With("text", ""));
        else
            Output.Error("its builder printed nothing");
        return ExitCodes.Done;
    }

    void Print(Reference<Log> log)
    {
        var file = context.Store.Records.FileOf(log);
        using var bytes = StoredBytes.TryOpen(file) ?? throw new MistakeException($"the log {log.Short} is not in the store any more");
        if (!context.IsJson && !Output.IsTerminal)
        {
            Output.Write(() =>
            {
                using var output = Console.OpenStandardOutput();
                bytes.CopyTo(output);
            });
            return;
        }
        using var reader = new StreamReader(bytes);
        if (context.IsJson)
            Output.Json(JsonValue.Object.Empty.With("log", log.ToString()).With("file", file).With("text", reader.ReadToEnd()));
        else
            while (reader.ReadLine() is { } line)
                Output.Line(line);
    }

    Reference<Log>? Find(string text)
    {
        // The newest failure first: that is what people look for.
        if (context.Names.Failed(text) is { } failed)
            return Newest(failed.History.Facts);
        if (context.Names.Stage(text) is { Selection: var selection })
            return Newest(selection.Results.Select(r => r.Resolved).Distinct().SelectMany(r => context.Store.Records.History(r).Runs)
                .Where(r => selection.Choice.Realizations.Contains(r.Realization)).Select(r => r.Facts));
        var found = context.Names.Find(text, FoundKind.Realization, FoundKind.Run, FoundKind.Failure, FoundKind.Resolved, FoundKind.Log);
        if (found.Kind == FoundKind.Log)
            return new(found.Digest);
        return Newest(context.Names.Meant(found).Facts);
    }

    static Reference<Log>? Newest(IEnumerable<RunFacts> runs) => runs.OrderBy(r => r.Order).Select(r => r.Log).LastOrDefault();
}

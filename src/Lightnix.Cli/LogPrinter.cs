using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix log</c>: what the builder of a stage, a realization, a run or a failure printed: byte for byte into a file or a pipe, made visible on a terminal.</summary>
sealed class LogPrinter(Desk desk)
{
    public int Run(string text)
    {
        if (Log(text) is not { } log)
        {
            if (desk.Speech.IsJson)
                Speech.Json(JsonValue.Object.Empty.With("text", ""));
            else
                Speech.Complain("its builder printed nothing");
            return Tool.Done;
        }
        var file = desk.Store.Records.FileOf(log);
        using var bytes = StoredBytes.TryOpen(file) ?? throw new MistakeException($"the log {log.Short} is not in the store any more");
        if (desk.Speech.IsJson)
        {
            using var reader = new StreamReader(bytes);
            Speech.Json(JsonValue.Object.Empty.With("log", log.ToString()).With("file", file).With("text", reader.ReadToEnd()));
            return Tool.Done;
        }
        if (Speech.IsTerminal)
        {
            using var lines = new StreamReader(bytes);
            while (lines.ReadLine() is { } line)
                Speech.Line(line);
            return Tool.Done;
        }
        Speech.Write(() =>
        {
            using var output = Console.OpenStandardOutput();
            bytes.CopyTo(output);
        });
        return Tool.Done;
    }

    Reference<Log>? Log(string text)
    {
        // What went wrong last is what people look for.
        if (desk.Pending(text) is { } pending)
            return Last(All(desk.Store.Records.History(pending)));
        if (desk.Stage(text) is { } stage)
            return Last(desk.Store.Records.History(stage.Selection.Resolved).Runs.Where(r => stage.Selection.Choice.Realizations.Contains(r.Realization)).Select(r => r.Facts));
        var found = desk.Find(text, FoundKind.Realization, FoundKind.Run, FoundKind.Failure, FoundKind.Resolved, FoundKind.Log);
        if (found.Kind == FoundKind.Log)
            return new(found.Digest);
        var history = desk.Store.Records.History(found.In ?? new(found.Digest));
        return Last(found.Kind switch
        {
            FoundKind.Realization => history.Runs.Where(r => r.Realization.Digest == found.Digest).Select(r => r.Facts),
            FoundKind.Run => history.Runs.Where(r => r.Reference().Digest == found.Digest).Select(r => r.Facts),
            FoundKind.Failure => history.Failures.Where(r => r.Reference().Digest == found.Digest).Select(r => r.Facts),
            _ => All(history),
        });
    }

    static IEnumerable<RunFacts> All(History history) => history.Runs.Select(r => r.Facts).Concat(history.Failures.Select(f => f.Facts));

    static Reference<Log>? Last(IEnumerable<RunFacts> runs) => runs.OrderBy(r => r.Order).Select(r => r.Log).LastOrDefault();
}

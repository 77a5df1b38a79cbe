using System.CommandLine;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix log</c>: prints the log of a builder, byte for byte into a file or a pipe, made visible on a terminal.</summary>
sealed class LogCommand(CommandContext context)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var what = CommandAction.What();
        var follow = new Option<bool>("--follow", "-f") { Description = "Of a run that goes on: from the beginning until it ends" };
        var replicate = new Option<int?>("--replicate") { Description = "With --follow, which of several runs (else the first)" };
        return CommandAction.Create("log", "What a builder printed", [follow, replicate, what], (p, context) =>
            new LogCommand(context).Run(p.GetValue(what)!, p.GetValue(follow), p.GetValue(replicate)));
    }

    int Run(string text, bool follow, int? replicate)
    {
        if (follow && GoingOn(text, replicate) is { } activity)
            return Follow(activity);
        var (log, succeeded) = Find(text);
        Print(log);
        return follow && !succeeded ? ExitCodes.Found : ExitCodes.Done;
    }

    int Follow(Activity activity)
    {
        if (activity.Waiting is { } other)
            Output.Error($"{ActivityText.Name(activity)} waits for {other}");
        GrowingLog? log = null;
        bool GoesOn() => context.Store.Activities.All().Any(a => ActivityText.Key(a) == ActivityText.Key(activity));
        while ((log = Open(activity, GoesOn)) is null && GoesOn())
        {
            Thread.Sleep(Pause);
            activity = context.Store.Activities.All().FirstOrDefault(a => ActivityText.Key(a) == ActivityText.Key(activity)) ?? activity;
        }
        if (log is not null && !context.IsJson)
            Print(log);
        while (GoesOn())
            Thread.Sleep(Pause);
        log?.Dispose();
        var end = EndedRun.Of(context.Store, activity);
        // It was too short to be followed.
        if (log is null || context.IsJson)
            Print(end.Facts?.Log);
        if (end.State != EndedRun.Completed)
            Output.Error($"{ActivityText.Name(activity)} {end.State}");
        return end.State == EndedRun.Completed ? ExitCodes.Done : ExitCodes.Found;
    }

    static GrowingLog? Open(Activity activity, Func<bool> goesOn) =>
        activity.Log is { } file && StoredBytes.TryOpen(file) is { } opened ? new(opened, goesOn) : null;

    // Runs of the named stage here, or in another project as project:stage; or of a resolved derivation.
    Activity? GoingOn(string text, int? replicate)
    {
        var all = context.Store.Activities.All().Where(a => context.Names.Means(text, a)).ToImmutableArray();
        var projects = all.Select(a => a.Project).Distinct(StringComparer.Ordinal).ToList();
        if (projects.Count > 1)
            throw new MistakeException(
                $"'{text}' runs in {string.Join(" and ", projects.Select(p => $"'{p}'"))}: say which with --project");
        if (replicate is { } wanted)
            return all.FirstOrDefault(a => a.Replicate == wanted) ?? throw new MistakeException(string.Create(CultureInfo.InvariantCulture,
                $"replicate {wanted} of '{text}' does not run now; these do: {Listed.First(5, all.Select(Number))}"));
        if (all.Length > 1)
            Output.Error($"follows replicate {Number(all[0])}; also running: {Listed.First(5, all.Skip(1).Select(Number))} (--replicate)");
        return all.FirstOrDefault();
    }

    static string Number(Activity activity) => activity.Replicate.ToString(CultureInfo.InvariantCulture);

    void Print(Reference<Log>? log)
    {
        if (log is null)
        {
            if (context.IsJson)
                Output.Json(JsonValue.Object.Empty.With("text", ""));
            else
                Output.Error("its builder printed nothing");
            return;
        }
        var file = context.Store.Records.FileOf(log);
        using var bytes = StoredBytes.TryOpen(file) ?? throw new MistakeException($"the log {log.Short} is not in the store any more");
        if (context.IsJson)
        {
            using var reader = new StreamReader(bytes);
            Output.Json(JsonValue.Object.Empty.With("log", log.ToString()).With("file", file).With("text", reader.ReadToEnd()));
        }
        else
            Print(bytes);
    }

    static void Print(Stream bytes)
    {
        if (!Output.IsTerminal)
        {
            Output.Write(() =>
            {
                using var output = Console.OpenStandardOutput();
                bytes.CopyTo(output);
            });
            return;
        }
        using var reader = new StreamReader(bytes);
        while (reader.ReadLine() is { } line)
            Output.Line(line);
    }

    (Reference<Log>? Log, bool Succeeded) Find(string text)
    {
        // The newest failure first: that is what people look for.
        if (context.Names.Failed(text) is { Resolved: not null } failed)
            return Newest(failed.History);
        if (context.Names.Stage(text) is { Selection: var selection })
        {
            ImmutableArray<Run> runs = [.. selection.Results.Select(r => r.Resolved).Distinct()
                .SelectMany(r => context.Store.Records.History(r).Runs)
                .Where(r => selection.Choice.Realizations.Contains(r.Realization))];
            return Newest(new(runs, [], []));
        }
        var found = context.Names.Find(text, FoundKind.Realization, FoundKind.Run, FoundKind.Failure, FoundKind.Resolved, FoundKind.Log);
        return found.Kind == FoundKind.Log ? (new(found.Digest), true) : Newest(context.Names.Meant(found));
    }

    static (Reference<Log>? Log, bool Succeeded) Newest(History history)
    {
        var newest = history.Facts.MaxBy(r => r.Order);
        return (newest?.Log, !history.Failures.Any(f => f.Facts == newest));
    }
}

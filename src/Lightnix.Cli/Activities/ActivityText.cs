using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What goes on in a store, as rows and as JSON.</summary>
static class ActivityText
{
    public static readonly string[] Headers = ["project", "stage", "replicate", "elapsed", "last line", "waits for", "by"];

    /// <summary>The same run of the same build, whatever it waits for.</summary>
    public static (string, string, int, int, string, int) Key(Activity a) => (a.Project, a.Stage, a.Replicate, a.Attempt, a.Who, a.Process);

    /// <summary>Which run it is, in a sentence.</summary>
    public static string Name(Activity a) => string.Create(CultureInfo.InvariantCulture, $"{a.Stage}, replicate {a.Replicate}");

    public static string[] Row(Activity a, DateTimeOffset now)
    {
        var line = ActivityStore.LastLine(a);
        if (!Output.IsTerminal)
            return
            [
                a.Project, a.Stage, Text(a.Replicate), Text(a.Of), Text(a.Attempt), Output.Utc(a.Start),
                Text((long)(now - a.Start).TotalMilliseconds), line, a.Waiting ?? "", a.Who, Text(a.Process),
            ];
        return
        [
            Path.GetFileNameWithoutExtension(a.Project), a.Stage, Replicate(a),
            Durations.Text(TimeSpan.FromSeconds(Math.Max(0, (long)(now - a.Start).TotalSeconds))), line,
            a.Waiting ?? "",
            string.Create(CultureInfo.InvariantCulture, $"{a.Who}, process {a.Process}"),
        ];
    }

    public static JsonValue.Object ToJson(Activity a, DateTimeOffset now) => JsonValue.Object.Empty
        .With("project", a.Project).With("stage", a.Stage).With("replicate", a.Replicate).With("of", a.Of).With("attempt", a.Attempt)
        .With("resolved", a.Resolved.ToString()).With("start", Output.Utc(a.Start))
        .With("elapsed", (long)(now - a.Start).TotalMilliseconds).With("who", a.Who).With("process", a.Process)
        .With("queued", a.Queued).With("line", ActivityStore.LastLine(a)).WithOptional("waiting", a.Waiting).WithOptional("log", a.Log);

    // Beyond what the matcher wants, the replicate alone counts.
    static string Replicate(Activity a) => (a.Replicate <= a.Of ? $"{Text(a.Replicate)} of {Text(a.Of)}" : Text(a.Replicate))
        + (a.Attempt > 1 ? $", attempt {Text(a.Attempt)}" : "");

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many runs go on, and how many wait.</summary>
    public static string Summary(ImmutableArray<Activity> all)
    {
        var waiting = all.Count(a => a.Waiting is not null);
        // Each build notes the number when a run begins: the newest one counts.
        var queued = all.GroupBy(a => (a.Who, a.Process)).Sum(b => b.MaxBy(a => a.Start)!.Queued);
        return all.IsEmpty ? "nothing runs"
            : $"{Text(all.Length - waiting)} running{Counted(waiting, "waiting")}{Counted(queued, "waiting for cores")}";
    }

    static string Counted(int number, string what) => number == 0 ? "" : $", {Text(number)} {what}";
}

namespace Lightnix.Storage;

/// <summary>A run that goes on, or that waits for another process, as its build notes it for others to see.</summary>
/// <param name="Project">The project file's full path.</param>
/// <param name="Start">Of the run, or of the waiting.</param>
/// <param name="Who">As <c>user@machine</c>.</param>
public sealed record Activity(string Project, string Stage, int Replicate, int Attempt, DateTimeOffset Start, string Who)
    : IRecord<Activity>
{
    public static string Format => "lightnix/activity/1";

    /// <summary>Of the build, on its machine.</summary>
    public int Process { get; init; }

    /// <summary>How many replicates the matcher wants.</summary>
    public int Of { get; init; } = 1;

    /// <summary>What runs: completed and failed runs are recorded there.</summary>
    public required Reference<Resolved> Resolved { get; init; }

    /// <summary>What it waits for, in a few words; null: it waits for nothing.</summary>
    public string? Waiting { get; init; }

    /// <summary>Runs of the same build that wait for cores; kept up to date only for the run that began last.</summary>
    public int Queued { get; init; }

    /// <summary>The file that takes what the builder prints, absolute; null while the run has not begun.</summary>
    public string? Log { get; init; }

    // The log is beside the note, whatever path the store has on another machine.
    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("project", Project).With("stage", Stage).With("replicate", Replicate).With("of", Of).With("attempt", Attempt)
        .With("resolved", Resolved.ToString()).With("start", RunFacts.Utc(Start)).With("who", Who).With("process", Process)
        .With("queued", Queued).WithOptional("waiting", Waiting).WithOptional("log", Path.GetFileName(Log));

    public static Activity FromJson(JsonValue.Object json) => new(
        json.Text("project"), json.Text("stage"), json.Count("replicate", 1), json.Count("attempt", 1),
        RunFacts.FromUtc(json.Text("start")), json.Text("who"))
    {
        Resolved = Reference<Resolved>.Parse(json.Text("resolved")),
        Of = json.Count("of", 0),
        Process = json.Count("process", 0),
        Queued = json.Count("queued", 0),
        Waiting = json.OptionalText("waiting"),
        Log = Path.GetFileName(json.OptionalText("log")),
    };
}

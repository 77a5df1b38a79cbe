namespace Lightnix.Storage;

/// <summary>What is known of a checkpoint: whose it is, and the tries that made it. The modification time of its file is the end of the
/// last try.</summary>
/// <param name="Stage">The name that the stage had then, for people.</param>
public sealed record CheckpointState(Reference<Resolved> Resolved, int Replicate, int Attempt, int Seed, string Stage)
    : IRecord<CheckpointState>
{
    public static string Format => "lightnix/checkpoint/1";

    /// <summary>Tries that began, the last one included.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>How long the tries before the last one took.</summary>
    public TimeSpan Former { get; init; }

    /// <summary>The folder of the project that the stage was in then; null where it is not known.</summary>
    public string? Project { get; init; }

    /// <summary>When the last try began.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long all tries took, with one that ends now.</summary>
    public TimeSpan DurationAt(DateTimeOffset end) => Former + (end > Start ? end - Start : TimeSpan.Zero);

    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("resolved", Resolved.ToString()).With("replicate", Replicate).With("attempt", Attempt).With("seed", Seed)
        .With("stage", Stage).With("tries", Tries).With("milliseconds", (long)Former.TotalMilliseconds)
        .With("start", RunFacts.Utc(Start)).WithOptional("project", Project);

    public static CheckpointState FromJson(JsonValue.Object json) => new(
        Reference<Resolved>.Parse(json.Text("resolved")), json.Count("replicate", least: 1), json.Count("attempt", least: 1),
        (int)json.Integer("seed", 0, int.MaxValue), json.Text("stage"))
    {
        Tries = json.Count("tries", least: 1),
        Former = TimeSpan.FromMilliseconds(json.Integer("milliseconds", 0, Resumption.MostMilliseconds)),
        Start = RunFacts.FromUtc(json.Text("start")),
        Project = json.OptionalText("project"),
    };
}

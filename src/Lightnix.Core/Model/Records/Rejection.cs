namespace Lightnix.Model;

/// <summary>A realization taken out of its set by a person; its replicate numbers stay used.</summary>
public sealed record Rejection(Reference<Realization> Realization, string Reason, string Who, DateTimeOffset When) : IRecord<Rejection>
{
    public static string Format => "lightnix/rejection/1";

    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("realization", Realization.ToString()).With("reason", Reason).With("who", Who).With("when", RunFacts.Utc(When));

    public static Rejection FromJson(JsonValue.Object json) =>
        new(Reference<Realization>.Parse(json.Text("realization")), json.Text("reason"), json.Text("who"),
            RunFacts.FromUtc(json.Text("when")));
}

namespace Lightnix.Model;

/// <summary>Takes an adoption back: it does not count any more.</summary>
public sealed record Withdrawal(Reference<Run> Adoption, string Who, DateTimeOffset When) : IRecord<Withdrawal>
{
    public static string Format => "lightnix/withdrawal/1";

    public JsonValue.Object ToJson() =>
        JsonValue.Object.Empty.With("adoption", Adoption.ToString()).With("who", Who).With("when", RunFacts.Utc(When));

    public static Withdrawal FromJson(JsonValue.Object json) =>
        new(Reference<Run>.Parse(json.Text("adoption")), json.Text("who"), RunFacts.FromUtc(json.Text("when")));
}

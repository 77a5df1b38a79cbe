namespace Lightnix.Model;

/// <summary>A realization that a person keeps from garbage collection.</summary>
public sealed record Pin(Reference<Realization> Realization, Reference<Resolved> Resolved, Reference<Tree> Tree, string Reason, string Who,
    DateTimeOffset When) : IRecord<Pin>
{
    public static string Format => "lightnix/pin/1";

    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("realization", Realization.ToString()).With("resolved", Resolved.ToString()).With("tree", Tree.ToString())
        .With("reason", Reason).With("who", Who).With("when", RunFacts.Utc(When));

    public static Pin FromJson(JsonValue.Object json) => new(
        Reference<Realization>.Parse(json.Text("realization")),
        Reference<Resolved>.Parse(json.Text("resolved")),
        Reference<Model.Tree>.Parse(json.Text("tree")),
        json.Text("reason"), json.Text("who"), RunFacts.FromUtc(json.Text("when")));
}

namespace Lightnix.Model;

/// <summary>A realization that a person keeps from garbage collection.</summary>
public sealed record Pin(Reference<Realization> Realization, Reference<Resolved> Resolved, Reference<Tree> Tree, string Reason, string Who,
    DateTimeOffset When) : IRecord<Pin>
{
    /// <summary>Since 2, a pin may have a name.</summary>
    public static string Format => "lightnix/pin/2";

    const string FirstFormat = "lightnix/pin/1";

    public static bool Reads(string format) => format is FirstFormat || format == Format;

    string IRecord<Pin>.OwnFormat => Name is null ? FirstFormat : Format;

    /// <summary>A name of the realization, in the form of a stage's name; null where it has none.</summary>
    public StageName? Name { get; init; }

    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("realization", Realization.ToString()).With("resolved", Resolved.ToString()).With("tree", Tree.ToString())
        .With("reason", Reason).With("who", Who).With("when", RunFacts.Utc(When)).WithOptional("name", Name?.ToString());

    public static Pin FromJson(JsonValue.Object json) => new(
        Reference<Realization>.Parse(json.Text("realization")),
        Reference<Resolved>.Parse(json.Text("resolved")),
        Reference<Model.Tree>.Parse(json.Text("tree")),
        json.Text("reason"), json.Text("who"), RunFacts.FromUtc(json.Text("when")))
    {
        Name = json.OptionalText("name") is { } name ? StageName.Parse(name) : null,
    };
}

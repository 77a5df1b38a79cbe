namespace Lightnix.Model;

/// <summary>One distinct result of a resolved derivation. Runs that gave it arrive later; this record never changes.</summary>
public sealed record Realization(Reference<Resolved> Resolved, Reference<Tree> Tree) : IRecord<Realization>
{
    public static string Format => "lightnix/realization/1";

    public JsonValue.Object ToJson() => JsonValue.Object.Empty.With("resolved", Resolved.ToString()).With("tree", Tree.ToString());

    public static Realization FromJson(JsonValue.Object json) =>
        new(Reference<Resolved>.Parse(json.Text("resolved")), Reference<Tree>.Parse(json.Text("tree")));
}

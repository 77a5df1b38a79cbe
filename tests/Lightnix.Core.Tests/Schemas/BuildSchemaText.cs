using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightnix.Schemas;

/// <summary>The same in the form that the MSBuild editor for Visual Studio finds beside <c>Sdk.props</c>.</summary>
static class BuildSchemaText
{
    static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Make() => new JsonObject
    {
        ["license"] = "MIT",
        ["items"] = Of(Described.Items, item => new() { ["description"] = item.Sentence, ["metadata"] = Of(item.Metadata, Leaf) }),
        ["properties"] = Of(Described.Properties, Leaf),
    }.ToJsonString(Readable) + "\n";

    static JsonObject Of(ImmutableArray<Thing> things, Func<Thing, JsonObject> make) =>
        new(things.Select(t => KeyValuePair.Create(t.Name, (JsonNode?)make(t))));

    static JsonObject Leaf(Thing thing)
    {
        var leaf = new JsonObject { ["description"] = thing.Sentence };
        if (thing.Values is ["true", "false"])
            leaf["type"] = "bool";
        else if (!thing.Values.IsEmpty)
            leaf["type"] = new JsonArray([.. thing.Values.Select(v => JsonValue.Create(v))]);
        return leaf;
    }
}

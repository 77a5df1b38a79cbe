using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightnix.Schemas;

/// <summary>The same in the form that the MSBuild editor for Visual Studio finds beside <c>Sdk.props</c>.</summary>
static class BuildSchemaText
{
    const int MaxColumns = 140;

    static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", IndentSize = 0, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Make() => string.Concat(Lines("", Schema(), "").Select(line => line + "\n"));

    // An object that fits is one line; others have a line for each member.
    static IEnumerable<string> Lines(string name, JsonNode node, string indent)
    {
        var whole = indent + name + node.ToJsonString(Readable).Replace("\n", " ", StringComparison.Ordinal);
        return whole.Length <= MaxColumns || node is not JsonObject members ? [whole]
            :
            [
                $"{indent}{name}{{",
                .. members.SelectMany((m, i) => Member(m, indent + "  ", i == members.Count - 1 ? "" : ",")),
                indent + "}",
            ];
    }

    static IEnumerable<string> Member(KeyValuePair<string, JsonNode?> member, string indent, string comma)
    {
        string[] lines = [.. Lines($"\"{member.Key}\": ", member.Value!, indent)];
        return [.. lines[..^1], lines[^1] + comma];
    }

    static JsonObject Schema() => new()
    {
        ["license"] = "MIT",
        ["items"] = Of(Described.Items, item => new() { ["description"] = item.Sentence, ["metadata"] = Of(item.Metadata, Leaf) }),
        ["properties"] = Of(Described.Properties, Leaf),
    };

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

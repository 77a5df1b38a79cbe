namespace Lightnix.Cli;

/// <summary>Shows a JSON object to people: one line for each field, inner values indented.</summary>
static class JsonLines
{
    public static void Show(JsonValue.Object json) => Show(json, "");

    static void Show(JsonValue.Object json, string indent)
    {
        var sorted = json.Members.OrderBy(m => m.Value is JsonValue.Array or JsonValue.Object).ThenBy(m => m.Key, StringComparer.Ordinal);
        foreach (var (name, value) in sorted)
            Show(Visible.Text(name), value, indent);
    }

    static void Show(string name, JsonValue value, string indent)
    {
        switch (value)
        {
            case JsonValue.Object inner:
                Output.Line($"{indent}{name}:");
                Show(inner, indent + "  ");
                break;
            case JsonValue.Array array:
                Output.Line($"{indent}{name}:");
                foreach (var item in array.Items)
                    ShowItem(item, indent);
                break;
            default:
                Output.Line($"{indent}{name}: {Plain(value, indent)}");
                break;
        }
    }

    static void ShowItem(JsonValue item, string indent)
    {
        if (item is JsonValue.Object inner)
            Show("-", inner, indent + "  ");
        else
            Output.Line($"{indent}  {Plain(item, indent)}");
    }

    // Further lines are indented: no text of a record looks like a field of it.
    static string Plain(JsonValue value, string indent) => value is JsonValue.String text
        ? text.Value.Replace("\n", $"\n{indent}    ", StringComparison.Ordinal)
        : CanonicalJson.ToText(value);
}

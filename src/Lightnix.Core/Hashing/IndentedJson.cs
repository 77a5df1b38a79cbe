namespace Lightnix.Hashing;

/// <summary>Writes JSON for people and for merges: members sorted as in <see cref="CanonicalJson"/>, a member or an item a line, two blanks
/// a level, LF, and a final newline. Not what is hashed.</summary>
public static class IndentedJson
{
    /// <exception cref="ArgumentException">As of <see cref="CanonicalJson.ToText"/>.</exception>
    public static string ToText(JsonValue value)
    {
        var text = new StringBuilder();
        Write(text, value, "\n");
        return text.Append('\n').ToString();
    }

    static void Write(StringBuilder text, JsonValue value, string line)
    {
        switch (value)
        {
            case JsonValue.Array { Items.IsEmpty: false } array:
                WriteAll(text, '[', array.Items, Write, ']', line);
                break;
            case JsonValue.Object { Members.Count: > 0 } members:
                WriteAll(text, '{', members.Members.OrderBy(m => m.Key, StringComparer.Ordinal), Member, '}', line);
                break;
            default:
                text.Append(CanonicalJson.ToText(value));
                break;
        }
    }

    static void Member(StringBuilder text, KeyValuePair<string, JsonValue> member, string line)
    {
        text.Append(CanonicalJson.ToText(new JsonValue.String(member.Key))).Append(": ");
        Write(text, member.Value, line);
    }

    static void WriteAll<T>(StringBuilder text, char open, IEnumerable<T> items, Action<StringBuilder, T, string> write, char close,
        string line)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            text.Append(first ? "" : ",").Append(line).Append("  ");
            first = false;
            write(text, item, line + "  ");
        }
        text.Append(line).Append(close);
    }
}

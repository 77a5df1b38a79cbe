namespace Lightnix.Hashing;

/// <summary>Writes RFC 8785 JSON in UTF-8 without a final newline: members sorted by UTF-16 units, no blanks, the fewest escapes. Numbers
/// are integers: what RFC 8785 says of fractions depends on ECMAScript's printing, so records hold none.</summary>
public static class CanonicalJson
{
    /// <exception cref="ArgumentException">A number is not an integer, or a text holds half of a surrogate pair.</exception>
    public static byte[] ToBytes(JsonValue value) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(ToText(value));

    /// <inheritdoc cref="ToBytes"/>
    public static string ToText(JsonValue value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    static void Write(StringBuilder text, JsonValue value)
    {
        switch (value)
        {
            case JsonValue.Null:
                text.Append("null");
                break;
            case JsonValue.Boolean boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            case JsonValue.Number number:
                text.Append(Integer(number.Text));
                break;
            case JsonValue.String s:
                WriteString(text, s.Value);
                break;
            case JsonValue.Array array:
                WriteAll(text, '[', array.Items, item => Write(text, item), ']');
                break;
            case JsonValue.Object members:
                WriteAll(text, '{', members.Members.OrderBy(m => m.Key, StringComparer.Ordinal), member =>
                {
                    WriteString(text, member.Key);
                    text.Append(':');
                    Write(text, member.Value);
                }, '}');
                break;
        }
    }

    static void WriteAll<T>(StringBuilder text, char open, IEnumerable<T> items, Action<T> write, char close)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(',');
            first = false;
            write(item);
        }
        text.Append(close);
    }

    // Beyond 2^53 a reader that follows RFC 8785 to the letter would round.
    static long Integer(string number) =>
        long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            && integer is >= -(1L << 53) and <= 1L << 53
            ? integer
            : throw new ArgumentException($"'{number}' cannot stand in a canonical record: only integers up to 2^53 can", nameof(number));

    static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}

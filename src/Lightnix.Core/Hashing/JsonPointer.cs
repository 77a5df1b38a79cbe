namespace Lightnix.Hashing;

/// <summary>A JSON pointer (RFC 6901): the empty text, or reference tokens each after a <c>/</c>, with <c>~0</c> for <c>~</c> and <c>~1</c>
/// for <c>/</c>.</summary>
public sealed record JsonPointer
{
    readonly string _text;

    JsonPointer(string text) => _text = text;

    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JsonPointer? pointer)
    {
        var lawful = text.Length == 0 || text[0] == '/';
        for (var i = 0; lawful && i < text.Length; i++)
            lawful = text[i] != '~' || (i + 1 < text.Length && text[i + 1] is '0' or '1');
        pointer = lawful ? new(text) : null;
        return lawful;
    }

    /// <summary>The value that the pointer names in a document, or null where there is none.</summary>
    public JsonValue? Find(JsonValue document)
    {
        JsonValue? found = document;
        foreach (var token in _text.Split('/').Skip(1)
            .Select(t => t.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            found = found switch
            {
                JsonValue.Object members => members.Find(token),
                JsonValue.Array array when IsIndex(token)
                    && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < array.Items.Length =>
                    array.Items[i],
                _ => null,
            };
        }
        return found;
    }

    public override string ToString() => _text;

    static bool IsIndex(string token) => token == "0" || (token.Length > 0 && token[0] != '0');
}

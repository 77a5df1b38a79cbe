namespace Lightnix.Planning;

/// <summary>MSBuild's escapes, as far as they are decoded here: only the characters that MSBuild itself would take for syntax. So <c>date
/// +%F</c> and <c>printf '%02d %10s'</c> arrive as the author wrote them.</summary>
public static class Escapes
{
    const string Syntax = "$%'()*;?@";

    /// <summary>Decodes <c>%24 %25 %27 %28 %29 %2A %3B %3F %40</c> and nothing else.</summary>
    public static string Decode(string escaped)
    {
        if (!escaped.Contains('%', StringComparison.Ordinal))
            return escaped;
        var plain = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (CodeAt(escaped, i) is { } c)
                (_, i) = (plain.Append(c), i + 2);
            else
                plain.Append(escaped[i]);
        }
        return plain.ToString();
    }

    /// <summary>Splits a list before it decodes: an escaped separator is text. Blank entries are dropped, the others trimmed.</summary>
    public static ImmutableArray<string> List(string escaped, char separator = ';') =>
        [.. escaped.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Decode)];

    static char? CodeAt(string text, int i) =>
        text[i] == '%'
        && i + 2 < text.Length
        && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
        && Syntax.Contains((char)code, StringComparison.Ordinal)
            ? (char)code
            : null;
}

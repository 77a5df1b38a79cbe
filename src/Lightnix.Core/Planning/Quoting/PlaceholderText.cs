namespace Lightnix.Planning;

/// <summary>A text cut into what stays and what stands between <c>@{</c> and <c>}</c>; <c>@@{</c> is a literal <c>@{</c>.</summary>
static class PlaceholderText
{
    /// <param name="IsPlaceholder">Then <paramref name="Text"/> is what stands between the braces.</param>
    public sealed record Piece(bool IsPlaceholder, string Text);

    /// <param name="unclosed">The rest of the text after an <c>@{</c> that nothing closes, or null.</param>
    public static ImmutableArray<Piece> Parse(string text, out string? unclosed)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var literal = new StringBuilder();
        unclosed = null;
        for (var i = 0; i < text.Length;)
        {
            if (At(text, i, "@@{"))
            {
                literal.Append("@{");
                i += 3;
            }
            else if (At(text, i, "@{"))
            {
                var end = text.IndexOf('}', i);
                if (end < 0)
                {
                    unclosed = text[i..];
                    break;
                }
                Flush(pieces, literal);
                pieces.Add(new(true, text[(i + 2)..end]));
                i = end + 1;
            }
            else
            {
                literal.Append(text[i++]);
            }
        }
        Flush(pieces, literal);
        return pieces.ToImmutable();
    }

    /// <summary>The first placeholder in a text where none is expanded, with its braces; null: there is none.</summary>
    public static string? FirstIn(string text) =>
        text.Contains("@{", StringComparison.Ordinal) && Parse(text, out _).FirstOrDefault(p => p.IsPlaceholder) is { } piece
            ? $"@{{{piece.Text}}}" : null;

    /// <summary>The path below an output folder that is meant by <c>@{out}/path</c> or <c>@{stage/path}</c>; null: unknown.</summary>
    public static string? PathMeantBy(string text) => (Parse(text, out var unclosed), unclosed) switch
    {
        ([{ IsPlaceholder: true, Text: var named }], null) => named.Split('/', 2) is [{ Length: > 0 }, { Length: > 0 } path] ? path : null,
        ([{ IsPlaceholder: true }, { IsPlaceholder: false, Text: ['/', .. { Length: > 0 } path] }], null) => path,
        _ => null,
    };

    public static bool At(string text, int i, string what) => string.CompareOrdinal(text, i, what, 0, what.Length) == 0;

    static void Flush(ImmutableArray<Piece>.Builder pieces, StringBuilder literal)
    {
        if (literal.Length > 0)
            pieces.Add(new(false, literal.ToString()));
        literal.Clear();
    }
}

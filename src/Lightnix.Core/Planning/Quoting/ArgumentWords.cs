namespace Lightnix.Planning;

/// <summary>Splits <c>Arguments</c> into words, before anything is expanded: on blanks, where <c>'…'</c> and <c>"…"</c> keep them. A
/// backslash is an ordinary character, and a placeholder is never split.</summary>
static class ArgumentWords
{
    /// <param name="unclosed">The quote that nothing closes, or null.</param>
    public static ImmutableArray<string> Split(string text, out char? unclosed)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        StringBuilder? word = null;
        char? quote = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (PlaceholderLength(text, i) is > 0 and var length)
            {
                (word ??= new()).Append(text, i, length);
                i += length - 1;
            }
            else if (quote is not null)
            {
                if (c == quote)
                    quote = null;
                else
                    word!.Append(c);
            }
            else if (c is '\'' or '"')
            {
                (quote, word) = (c, word ?? new());
            }
            else if (!char.IsWhiteSpace(c))
            {
                (word ??= new()).Append(c);
            }
            else if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
        if (word is not null)
            words.Add(word.ToString());
        unclosed = quote;
        return words.ToImmutable();
    }

    // The escape '@@{' is taken whole, so that its '@{' is not seen as the start of a placeholder.
    static int PlaceholderLength(string text, int i) =>
        PlaceholderText.At(text, i, "@@{") ? 3
        : PlaceholderText.At(text, i, "@{") && text.IndexOf('}', i) is >= 0 and var end ? end - i + 1
        : 0;
}

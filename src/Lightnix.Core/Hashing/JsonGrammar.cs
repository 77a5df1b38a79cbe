using System.Buffers;

namespace Lightnix.Hashing;

/// <summary>
/// The grammar of RFC 8259, to the letter. The library that reads JSON forgives what other readers refuse (<c>[1,]</c>, <c>010</c> for eight,
/// <c>.5</c>, <c>'a'</c>), so what it gets is looked at first. Without recursion: how deep a text may go is for its reader to say.
/// </summary>
static class JsonGrammar
{
    static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    enum Expected
    {
        /// <summary>Any value.</summary>
        Value,

        /// <summary>After <c>[</c>.</summary>
        ValueOrEnd,

        /// <summary>A member's name.</summary>
        Name,

        /// <summary>After <c>{</c>.</summary>
        NameOrEnd,

        /// <summary>After a name.</summary>
        Colon,

        /// <summary>After a value.</summary>
        CommaOrEnd,
    }

    /// <summary>Where the text stops being JSON, or null when it is one document.</summary>
    public static int? FindFault(string text)
    {
        var open = new Stack<char>();
        var expected = Expected.Value;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is ' ' or '\t' or '\r' or '\n')
                continue;
            if (IsClosing(c, expected, open))
            {
                open.Pop();
                expected = Expected.CommaOrEnd;
            }
            else if (expected == Expected.CommaOrEnd && c == ',' && open.Count > 0)
                expected = open.Peek() == '{' ? Expected.Name : Expected.Value;
            else if (expected == Expected.Colon && c == ':')
                expected = Expected.Value;
            else if (expected is (Expected.Name or Expected.NameOrEnd) && c == '"' && StringEnd(text, i) is { } nameEnd)
                (i, expected) = (nameEnd, Expected.Colon);
            else if (expected is not (Expected.Value or Expected.ValueOrEnd))
                return i;
            else if (c is '{' or '[')
            {
                open.Push(c);
                expected = c == '{' ? Expected.NameOrEnd : Expected.ValueOrEnd;
            }
            else if (ScalarEnd(text, i) is { } end)
                (i, expected) = (end, Expected.CommaOrEnd);
            else
                return i;
        }
        return expected == Expected.CommaOrEnd && open.Count == 0 ? null : text.Length;
    }

    static bool IsClosing(char c, Expected expected, Stack<char> open) => c switch
    {
        '}' => expected is (Expected.NameOrEnd or Expected.CommaOrEnd) && open.TryPeek(out var o) && o == '{',
        ']' => expected is (Expected.ValueOrEnd or Expected.CommaOrEnd) && open.TryPeek(out var o) && o == '[',
        _ => false,
    };

    // The place of a value's last character.
    static int? ScalarEnd(string text, int i)
    {
        if (text[i] == '"')
            return StringEnd(text, i);
        foreach (var word in new[] { "true", "false", "null" })
        {
            if (string.CompareOrdinal(text, i, word, 0, word.Length) == 0)
                return i + word.Length - 1;
        }
        return NumberEnd(text, i);
    }

    static int? StringEnd(string text, int i)
    {
        for (i++; i < text.Length && text[i] >= ' '; i++)
        {
            if (text[i] == '"')
                return i;
            if (text[i] != '\\')
                continue;
            i++;
            if (i < text.Length && text[i] == 'u' && i + 4 < text.Length && text.AsSpan(i + 1, 4).IndexOfAnyExcept(Hexadecimal) < 0)
                i += 4;
            else if (i >= text.Length || text[i] is not ('"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't'))
                return null;
        }
        return null;
    }

    static int? NumberEnd(string text, int i)
    {
        i += text[i] == '-' ? 1 : 0;
        var start = i;
        if (Digits(text, ref i) == 0 || (text[start] == '0' && i - start > 1))
            return null;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            if (Digits(text, ref i) == 0)
                return null;
        }
        if (i < text.Length && text[i] is ('e' or 'E'))
        {
            i += i + 1 < text.Length && text[i + 1] is ('+' or '-') ? 2 : 1;
            if (Digits(text, ref i) == 0)
                return null;
        }
        return i - 1;
    }

    static int Digits(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i - start;
    }
}

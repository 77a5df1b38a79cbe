using System.Collections.Immutable;

namespace Lightnix.House;

/// <summary>An identifier, keyword, number or single punctuation character, and its line.</summary>
sealed record Token(string Text, int Line)
{
    public bool IsName => char.IsLetter(Text[0]) || Text[0] == '_';
}

/// <summary>
/// Reads C# just well enough for house rules: comments, directives and texts are left out, the holes of interpolated texts are not.
/// Not a compiler: on code that does not compile it gives something.
/// </summary>
sealed class CSharpTokens
{
    readonly ImmutableArray<Token>.Builder _tokens = ImmutableArray.CreateBuilder<Token>();
    readonly string _text;
    int _at;
    int _line = 1;

    CSharpTokens(string text) => _text = text;

    public static ImmutableArray<Token> Of(string text)
    {
        var scanner = new CSharpTokens(text);
        while (scanner._at < text.Length)
            scanner.Code();
        return scanner._tokens.ToImmutable();
    }

    /// <summary>Code, to the end or to the brace that closes a hole.</summary>
    void Code()
    {
        for (var open = 0; _at < _text.Length;)
        {
            var c = _text[_at];
            if (Starts("//") || (c == '#' && IsFirstOnLine()))
                SkipTo(_text.IndexOf('\n', _at));
            else if (Starts("/*"))
                SkipTo(_text.IndexOf("*/", _at + 2, StringComparison.Ordinal), 2);
            else if (c == '\'')
                SkipTo(_text.IndexOf('\'', _at + (Starts("'\\") ? 3 : 2)), 1);
            else if (TextStart() is { } start)
                Text(start.Length, start.Dollars, start.IsVerbatim);
            else if (char.IsLetterOrDigit(c) || c == '_')
                Word();
            else
            {
                open += c == '{' ? 1 : c == '}' ? -1 : 0;
                if (open < 0)
                {
                    _at++;
                    return;
                }
                if (!char.IsWhiteSpace(c))
                    _tokens.Add(new(c.ToString(), _line));
                SkipTo(_at + 1);
            }
        }
    }

    void Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            _at++;
        _tokens.Add(new(_text[start.._at], _line));
    }

    /// <summary>The <c>$</c> and <c>@</c> before an opening quote, or null where no text begins.</summary>
    (int Length, int Dollars, bool IsVerbatim)? TextStart()
    {
        var i = _at;
        while (i < _text.Length && _text[i] is '$' or '@')
            i++;
        var prefix = _text[_at..i];
        return i < _text.Length && _text[i] == '"' ? (prefix.Length, prefix.Count(c => c == '$'), prefix.Contains('@', StringComparison.Ordinal)) : null;
    }

    void Text(int prefix, int dollars, bool isVerbatim)
    {
        _at += prefix;
        var quotes = isVerbatim ? 1 : Run('"');
        var isRaw = quotes >= 3;
        if (quotes == 2)
            SkipTo(_at + 2);
        else
        {
            SkipTo(_at + quotes);
            while (_at < _text.Length && !(isRaw ? Run('"') >= quotes : Starts("\"") && !(isVerbatim && Starts("\"\""))))
                TextPiece(dollars, isVerbatim, isRaw);
            SkipTo(_at + (isRaw ? Run('"') : 1));
        }
    }

    void TextPiece(int dollars, bool isVerbatim, bool isRaw)
    {
        var braces = dollars > 0 ? Run('{') : 0;
        if (braces > 0 && (isRaw ? braces >= dollars : braces % 2 == 1))
        {
            SkipTo(_at + braces);
            Code();
            SkipTo(_at + (isRaw ? dollars - 1 : 0));
        }
        else
            SkipTo(_at + (braces > 0 ? braces : (!isRaw && !isVerbatim && Starts("\\")) || (isVerbatim && Starts("\"\"")) ? 2 : 1));
    }

    int Run(char c)
    {
        var i = _at;
        while (i < _text.Length && _text[i] == c)
            i++;
        return i - _at;
    }

    bool Starts(string text) => string.CompareOrdinal(_text, _at, text, 0, text.Length) == 0;

    bool IsFirstOnLine() => _text.AsSpan(_text.LastIndexOf('\n', Math.Max(0, _at - 1)) + 1, _at - _text.LastIndexOf('\n', Math.Max(0, _at - 1)) - 1).IsWhiteSpace();

    void SkipTo(int end, int more = 0)
    {
        end = end < 0 ? _text.Length : Math.Min(end + more, _text.Length);
        _line += _text.AsSpan(_at, end - _at).Count('\n');
        _at = end;
    }
}

namespace Lightnix.Planning;

sealed class PwshText : ShellText
{
    // PowerShell takes typographic quotes for quotes.
    const string SingleQuotes = "'\u2018\u2019\u201a\u201b";
    const string DoubleQuotes = "\"\u201c\u201d\u201e";

    enum Mode
    {
        /// <summary>Words.</summary>
        Plain,

        /// <summary><c>'…'</c></summary>
        Single,

        /// <summary><c>"…"</c></summary>
        Double,

        /// <summary><c># …</c> to the end of the line.</summary>
        Comment,

        /// <summary><c>&lt;# … #&gt;</c></summary>
        Block,

        /// <summary><c>@'</c> to <c>'@</c> at the beginning of a line.</summary>
        SingleHere,

        /// <summary><c>@"</c> to <c>"@</c> at the beginning of a line.</summary>
        DoubleHere,
    }

    sealed record Level(Mode Mode)
    {
        public int Depth { get; set; }
    }

    readonly Stack<Level> _levels = new([new(Mode.Plain)]);
    char _last = '\n';

    public override bool IsAtWordStart =>
        _levels.Peek().Mode is Mode.Comment or Mode.Block || (_levels.Peek().Mode == Mode.Plain && StartsWord(_last));

    public override bool EndsWord(char c) => _levels.Peek().Mode is Mode.Comment or Mode.Block || base.EndsWord(c) || c is ',' or '}';

    public override string Quote(string value) => _levels.Peek().Mode switch
    {
        Mode.Single => Double(value),
        Mode.Double => Escape(value, DoubleQuotes + "$`", '`'),
        Mode.DoubleHere => Escape(value, "$`", '`'),
        Mode.SingleHere => value,
        Mode.Comment => OneLine(value),
        Mode.Block => value.Replace("#>", "# >", StringComparison.Ordinal),
        _ => IsBare(value) ? value : $"'{Double(value)}'",
    };

    public override void ReadValue() => _last = 'v';

    public override void Read(string literal)
    {
        for (var i = 0; i < literal.Length; i++)
        {
            var next = Read(literal, i);
            _last = literal[next];
            i = next;
        }
    }

    int Read(string text, int i)
    {
        var (level, c) = (_levels.Peek(), text[i]);
        switch (level.Mode)
        {
            case Mode.Plain:
                return ReadPlain(level, text, i);
            case Mode.Single when SingleQuotes.Contains(c, StringComparison.Ordinal):
            case Mode.Double when DoubleQuotes.Contains(c, StringComparison.Ordinal):
            case Mode.Comment when c == '\n':
                _levels.Pop();
                return i;
            case Mode.Block when At(text, i, "#>"):
            case Mode.SingleHere when _last == '\n' && At(text, i, "'@"):
            case Mode.DoubleHere when _last == '\n' && At(text, i, "\"@"):
                _levels.Pop();
                return i + 1;
            case Mode.Double or Mode.DoubleHere when c == '`' && i + 1 < text.Length:
                return i + 1;
            case Mode.Double or Mode.DoubleHere when At(text, i, "$("):
                _levels.Push(new(Mode.Plain));
                return i + 1;
            default:
                return i;
        }
    }

    int ReadPlain(Level level, string text, int i)
    {
        var c = text[i];
        if (c == '`' && i + 1 < text.Length)
            return i + 1;
        if (At(text, i, "@'") || At(text, i, "@\"") || At(text, i, "<#"))
        {
            _levels.Push(new(c == '<' ? Mode.Block : text[i + 1] == '\'' ? Mode.SingleHere : Mode.DoubleHere));
            return i + 1;
        }
        if (SingleQuotes.Contains(c, StringComparison.Ordinal))
            _levels.Push(new(Mode.Single));
        else if (DoubleQuotes.Contains(c, StringComparison.Ordinal))
            _levels.Push(new(Mode.Double));
        else if (c == '#' && StartsWord(_last))
            _levels.Push(new(Mode.Comment));
        else if (c == ')' && level.Depth == 0 && _levels.Count > 1)
            _levels.Pop();
        else
            level.Depth = Math.Max(0, level.Depth + (c == '(' ? 1 : c == ')' ? -1 : 0));
        return i;
    }

    static bool StartsWord(char before) => char.IsWhiteSpace(before) || before is ';' or '&' or '|' or '(' or '{' or ',';

    // A bare word that begins with a letter or a dot is a word; '1kb' and '-Name' would be something else, but a plain number stays one.
    static bool IsBare(string value) =>
        value.Length > 0
        && ((char.IsAsciiLetter(value[0]) || value[0] is '_' or '.' or '/')
            && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-' or ':')
            || value.All(c => char.IsAsciiDigit(c) || c == '.') && char.IsAsciiDigit(value[^1]) && value.Count(c => c == '.') < 2);

    static string Double(string value) =>
        string.Concat(value.Select(c => SingleQuotes.Contains(c, StringComparison.Ordinal) ? new string(c, 2) : c.ToString()));

    static bool At(string text, int i, string what) => PlaceholderText.At(text, i, what);
}

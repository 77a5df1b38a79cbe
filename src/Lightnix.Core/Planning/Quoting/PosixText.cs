namespace Lightnix.Planning;

/// <summary>The quoting of <c>sh</c> and <c>bash</c>.</summary>
sealed class PosixText : ShellText
{
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

        /// <summary><c>$((…))</c>, where <c>&lt;&lt;</c> and <c>#</c> are operators.</summary>
        Arithmetic,

        /// <summary>The lines after <c>&lt;&lt;EOF</c>.</summary>
        Document,
    }

    /// <param name="Close">Of a plain part: what ends it, <c>)</c> after <c>$(</c>, or a backquote.</param>
    sealed record Level(Mode Mode, char Close = '\0')
    {
        public int Depth { get; set; }
    }

    /// <param name="Quoted">True when its lines are taken as they are.</param>
    sealed record Document(string End, bool Quoted, bool Tabs);

    /// <summary>One word of a shell, whatever is in it.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    readonly Stack<Level> _levels = new([new(Mode.Plain)]);
    readonly Queue<Document> _documents = new();
    readonly StringBuilder _line = new();
    char _last = '\n';

    public override bool IsAtWordStart => _levels.Peek().Mode is Mode.Comment || (_levels.Peek().Mode == Mode.Plain && StartsWord(_last));

    public override bool EndsWord(char c) => _levels.Peek().Mode == Mode.Comment || base.EndsWord(c) || c == '`';

    // Between backquotes the shell takes backslashes away before it reads anything else, once for each pair that it is in.
    public override string Quote(string value) =>
        _levels.Where(l => l.Close == '`').Aggregate(QuoteHere(value), (text, _) => Escape(text, "\\`", '\\'));

    string QuoteHere(string value) => _levels.Peek().Mode switch
    {
        Mode.Single => value.Replace("'", "'\\''", StringComparison.Ordinal),
        Mode.Double => Escape(value, "\\\"$`", '\\'),
        Mode.Comment => OneLine(value),
        Mode.Arithmetic => value,
        Mode.Document => _documents.Peek().Quoted ? value : Escape(value, "\\$`", '\\'),
        _ => value.Length > 0 && value.All(IsSafe) ? value : Quoted(value),
    };

    public override void ReadValue()
    {
        _last = 'v';
        _line.Append('\0');
    }

    public override void Read(string literal)
    {
        for (var i = 0; i < literal.Length; i++)
        {
            var next = i;
            switch (_levels.Peek().Mode)
            {
                case Mode.Plain:
                    next = ReadPlain(literal, i);
                    break;
                case Mode.Double:
                    next = ReadDouble(literal, i);
                    break;
                case Mode.Arithmetic:
                    ReadArithmetic(literal[i]);
                    break;
                case Mode.Document:
                    ReadDocument(literal[i]);
                    break;
                case Mode.Single when literal[i] == '\'':
                case Mode.Comment when literal[i] == '\n':
                    _levels.Pop();
                    if (literal[i] == '\n')
                        EndLine();
                    break;
            }
            _last = literal[next];
            i = next;
        }
    }

    int ReadPlain(string text, int i)
    {
        var level = _levels.Peek();
        switch (text[i])
        {
            case '\\' when i + 1 < text.Length:
                return i + 1;
            case '\'':
                _levels.Push(new(Mode.Single));
                break;
            case '"':
                _levels.Push(new(Mode.Double));
                break;
            case '#' when StartsWord(_last):
                _levels.Push(new(Mode.Comment));
                break;
            case '\n':
                EndLine();
                break;
            case '<' when At(text, i, "<<<"):
                return i + 2;
            case '<' when At(text, i, "<<"):
                return ReadDocumentWord(text, i + 2);
            case '`' or ')' when level.Close == text[i] && level.Depth == 0:
                _levels.Pop();
                break;
            case '(':
                level.Depth++;
                break;
            case ')':
                level.Depth = Math.Max(0, level.Depth - 1);
                break;
            default:
                return Open(text, i);
        }
        return i;
    }

    int ReadDouble(string text, int i)
    {
        if (text[i] == '\\' && i + 1 < text.Length)
            return i + 1;
        if (text[i] == '"')
            _levels.Pop();
        return text[i] == '"' ? i : Open(text, i);
    }

    // What may begin in the open as well as inside double quotes.
    int Open(string text, int i)
    {
        if (At(text, i, "$(("))
            _levels.Push(new(Mode.Arithmetic) { Depth = 2 });
        else if (At(text, i, "$("))
            _levels.Push(new(Mode.Plain, ')'));
        else if (text[i] == '`')
            _levels.Push(new(Mode.Plain, '`'));
        else
            return i;
        return _levels.Peek().Mode == Mode.Arithmetic ? i + 2 : text[i] == '`' ? i : i + 1;
    }

    void ReadArithmetic(char c)
    {
        var level = _levels.Peek();
        level.Depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (level.Depth == 0)
            _levels.Pop();
    }

    int ReadDocumentWord(string text, int i)
    {
        var tabs = i < text.Length && text[i] == '-';
        for (i += tabs ? 1 : 0; i < text.Length && text[i] is ' ' or '\t';)
            i++;
        var (end, quoted, quote) = (new StringBuilder(), false, '\0');
        for (; i < text.Length
            && (quote != '\0' || (!char.IsWhiteSpace(text[i]) && text[i] is not (';' or '&' or '|' or '<' or '>' or '(' or ')'))); i++)
        {
            if (text[i] == quote)
                quote = '\0';
            else if (quote == '\0' && text[i] is ('\'' or '"'))
                (quote, quoted) = (text[i], true);
            else if (quote == '\0' && text[i] == '\\')
                quoted = true;
            else
                end.Append(text[i]);
        }
        if (end.Length > 0)
            _documents.Enqueue(new(end.ToString(), quoted, tabs));
        return i - 1;
    }

    void EndLine()
    {
        if (_documents.Count > 0)
            _levels.Push(new(Mode.Document));
        _line.Clear();
    }

    void ReadDocument(char c)
    {
        if (c != '\n')
        {
            _line.Append(c);
            return;
        }
        var document = _documents.Peek();
        var line = _line.ToString();
        _line.Clear();
        if ((document.Tabs ? line.TrimStart('\t') : line) != document.End)
            return;
        _documents.Dequeue();
        if (_documents.Count == 0)
            _levels.Pop();
    }

    static bool StartsWord(char before) => char.IsWhiteSpace(before) || before is ';' or '&' or '|' or '(' or '`';

    static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '@' or '%' or '_' or '+' or '=' or ':' or ',' or '.' or '/' or '-';

    static bool At(string text, int i, string what) => PlaceholderText.At(text, i, what);
}

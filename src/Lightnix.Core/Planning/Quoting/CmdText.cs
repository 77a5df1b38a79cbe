namespace Lightnix.Planning;

/// <summary>The quoting of Windows' command processor: <c>"…"</c>, with <c>""</c> inside. On a command line it has no escape for <c>%</c>,
/// which stays as it is unless a variable of that name is set.</summary>
sealed class CmdText : ShellText
{
    bool _quoted;
    char _last = ' ';

    public override bool IsAtWordStart => !_quoted && (char.IsWhiteSpace(_last) || _last is '&' or '|' or '(');

    // A bare '/' begins a switch of a command of cmd itself, as in 'type in/a.txt'.
    public override string Quote(string value)
    {
        var escaped = value.Replace("\"", "\"\"", StringComparison.Ordinal);
        return _quoted || (value.Length > 0 && value.All(IsSafe)) ? escaped : $"\"{escaped}\"";
    }

    public override void ReadValue() => _last = 'v';

    public override void Read(string literal)
    {
        foreach (var c in literal)
        {
            if (c == '"' || (c == '\n' && _quoted))
                _quoted = !_quoted;
            _last = c;
        }
    }

    static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or ':' or '\\';
}

namespace Lightnix.Planning;

/// <summary>Reads a command from left to right, so that at each placeholder it is known how a value must be quoted there: bare, inside
/// <c>'…'</c> or <c>"…"</c>, in a comment, in a here-document. A value never changes what follows it.</summary>
abstract class ShellText
{
    public static ShellText For(string shell) => shell switch
    {
        Shells.Cmd => new CmdText(),
        Shells.Pwsh => new PwshText(),
        _ => new PosixText(),
    };

    /// <summary>True where a new word may begin, outside of quotes.</summary>
    public abstract bool IsAtWordStart { get; }

    /// <summary>True for a character that ends a bare word.</summary>
    public virtual bool EndsWord(char c) => char.IsWhiteSpace(c) || c is ';' or '&' or '|' or ')' or '<' or '>';

    /// <summary>The value as it must be written here.</summary>
    public abstract string Quote(string value);

    /// <summary>Goes past a value.</summary>
    public abstract void ReadValue();

    /// <summary>Goes past text of the author's.</summary>
    public abstract void Read(string literal);

    protected static string Escape(string value, string special, char escape)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
            _ = special.Contains(c, StringComparison.Ordinal) ? text.Append(escape).Append(c) : text.Append(c);
        return text.ToString();
    }

    /// <summary>In a comment nothing is quoted, but nothing may end it.</summary>
    protected static string OneLine(string value) => value.ReplaceLineEndings(" ");
}

using System.Buffers;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Lightnix.Model;

/// <summary>Text that Lightnix did not write (of builders, archives, servers, file names, records), as people see it. What would move the
/// cursor, ring, change colours or turn the text around is written as <c>%</c> and two hexadecimal digits, byte by byte of its UTF-8, as in
/// listings.</summary>
public static partial class Visible
{
    /// <summary>One line: line ends are made visible too.</summary>
    public static string Text(string text) => NeedsCare(text) ? Rewrite(text, static c => false) : text;

    /// <summary>Several lines, as a message has them: line ends and tabs stay. Very long lines are cut, and no line is a command to a CI
    /// system. Each skin passes through here all that it shows.</summary>
    public static string Lines(string text)
    {
        if (text.Length <= LongestLine && !NeedsCare(text) && !text.Contains("##", StringComparison.Ordinal)
            && !text.Contains("::", StringComparison.Ordinal))
            return text;
        return string.Join('\n', text.Split('\n').Select(line => Line(line.EndsWith('\r') ? line[..^1] : line)));
    }

    static string Line(string line) =>
        StartOfCommand().Replace(Rewrite(Cut(line, LongestLine), static c => c == '\t'), m => Escaped(m.Value[0]) + m.Value[1..]);

    static string Rewrite(string text, Func<char, bool> stays)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Moves(rune) && !(rune.IsAscii && stays((char)rune.Value)))
                visible.Append(Escaped(rune));
            else
                visible.Append(rune.ToString());
        }
        return visible.ToString();
    }

    static bool Moves(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;

    // Nearly all text is plain, and every message comes here.
    static bool NeedsCare(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    static string Escaped(char c) => Escaped(new Rune(c));

    static string Escaped(Rune rune) => string.Concat(Encoding.UTF8.GetBytes(rune.ToString()).Select(b => $"%{b:X2}"));

    /// <summary>Lines that steer a CI system: <c>##vso[…]</c> and <c>##[…]</c> (Azure Pipelines, older GitHub) and <c>##teamcity[…]</c>
    /// anywhere in a line, <c>::name::</c> (GitHub) at its beginning.</summary>
    [GeneratedRegex(@"#(?=#\w*\[)|(?<=^\s*):(?=:)", RegexOptions.CultureInvariant)]
    private static partial Regex StartOfCommand();

    /// <summary>Text that a program printed or a file system holds. Bytes that are not UTF-8 are written as <c>%</c> and two hexadecimal
    /// digits, so that none is lost.</summary>
    public static string Bytes(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        for (int read; !bytes.IsEmpty; bytes = bytes[read..])
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out read) == OperationStatus.Done)
                text.Append(rune.ToString());
            else
                foreach (var b in bytes[..read])
                    text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }
        return text.ToString();
    }

    /// <summary>The beginning and the end of a path that is too long to be read.</summary>
    public static string Short(string path) => Cut(path, 240);

    /// <summary>The beginning and the end of a text that is longer than <paramref name="most"/> characters.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var (head, tail) = (most - (most / 3), most / 3);
        // No half of a surrogate pair is left over.
        if (char.IsHighSurrogate(text[head - 1]))
            head--;
        if (char.IsLowSurrogate(text[^tail]))
            tail--;
        return string.Concat(text.AsSpan(0, head), "…", text.AsSpan(text.Length - tail));
    }

    // A refusal names up to a hundred paths in one line.
    const int LongestLine = 32 * 1024;
}

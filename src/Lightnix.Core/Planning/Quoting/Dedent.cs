namespace Lightnix.Planning;

/// <summary>Takes the indentation of the project file out of a command of several lines.</summary>
static class Dedent
{
    /// <summary>Drops blank lines before and after, and the whitespace that all lines begin with; a first line that follows its tag at once
    /// has none to give. Line ends are LF, blank lines are empty.</summary>
    public static string Text(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(l => string.IsNullOrWhiteSpace(l) ? "" : l).ToList();
        var startsAtOnce = lines[0].Length > 0;
        lines = [.. lines.SkipWhile(l => l.Length == 0).Reverse().SkipWhile(l => l.Length == 0).Reverse()];
        if (lines.Count == 0)
            return "";
        var margin = lines.Skip(startsAtOnce ? 1 : 0).Where(l => l.Length > 0).Select(Margin).DefaultIfEmpty("").Aggregate(Shared);
        lines = [.. lines.Select((l, i) => i == 0 && startsAtOnce ? l.TrimStart() : l.Length == 0 ? l : l[margin.Length..])];
        return string.Join('\n', lines).TrimEnd(' ', '\t');
    }

    static string Margin(string line) => line[..(line.Length - line.TrimStart().Length)];

    static string Shared(string a, string b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && a[length] == b[length])
            length++;
        return a[..length];
    }
}

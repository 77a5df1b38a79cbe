namespace Lightnix.Cli;

/// <summary>A table for people: aligned columns that fit the width of a terminal, without those that are empty.</summary>
static class TextTable
{
    const int Roomy = 100;

    // What a column keeps where the terminal is narrow.
    const int Least = 5;
    const int LeastOfText = 16;

    // Columns of sentences may be broken into lines; others are cut.
    static readonly string[] Sentences = ["place", "state", "why", "note", "last line", "waits for", "reads"];

    // A part of a reference cannot be copied: rather the line is longer than the terminal.
    const string Uncut = "result";

    // A line that changes is one line.
    const string Changing = "last line";

    /// <summary>Its lines, the header first.</summary>
    public static IEnumerable<string> Lines(string[] headers, IReadOnlyCollection<string[]> rows, int width)
    {
        var columns = Enumerable.Range(0, headers.Length).Where(i => rows.Any(r => r[i].Length > 0)).ToArray();
        if (columns.Length == 0)
            yield break;
        string[] shown = [.. columns.Select(c => headers[c])];
        var cells = rows.Select(r => columns.Select(c => Visible.Text(r[c])).ToArray()).ToList();
        var gap = width < Roomy ? 1 : 2;
        var widths = Fit(shown, [.. shown.Select((h, i) => Math.Max(TextWidth.Of(h), cells.Max(r => TextWidth.Of(r[i]))))], gap, width);
        yield return Joined([.. shown.Select((h, i) => TextWidth.Cut(h, widths[i]))], widths, gap, (_, text) => Terminal.Bold(text));
        foreach (var row in cells)
        {
            var parts = row.Select((text, i) =>
                IsBroken(shown[i]) ? TextWidth.Wrap(text, widths[i]).ToArray() : [TextWidth.Cut(text, widths[i])]).ToArray();
            for (var line = 0; line < parts.Max(p => p.Length); line++)
            {
                var texts = parts.Select(p => line < p.Length ? p[line] : "");
                yield return Joined([.. texts], widths, gap, (i, text) => Colored(shown[i], text));
            }
        }
    }

    static bool IsBroken(string header) => header != Changing && Sentences.Contains(header, StringComparer.Ordinal);

    // The widest column of sentences gives way first.
    static int[] Fit(string[] headers, int[] widths, int gap, int width)
    {
        for (var over = widths.Sum() + gap * (widths.Length - 1) - width; over > 0;)
        {
            var sentences = Candidates(i => Sentences.Contains(headers[i], StringComparer.Ordinal) && widths[i] > LeastOfText);
            var candidates = sentences.Length > 0 ? sentences : Candidates(i => widths[i] > Least && headers[i] != Uncut);
            if (candidates.Length == 0)
                break;
            var widest = candidates.MaxBy(i => widths[i]);
            var least = sentences.Length > 0 ? LeastOfText : Least;
            var cut = Math.Min(over, widths[widest] - least);
            widths[widest] -= cut;
            over -= cut;
        }
        return widths;

        int[] Candidates(Func<int, bool> may) => [.. Enumerable.Range(0, widths.Length).Where(may)];
    }

    static string Joined(string[] texts, int[] widths, int gap, Func<int, string, string> style)
    {
        var last = Array.FindLastIndex(texts, t => t.Length > 0);
        var line = new StringBuilder();
        for (var i = 0; i <= last; i++)
        {
            line.Append(style(i, texts[i]));
            if (i < last)
                line.Append(' ', Math.Max(0, widths[i] - TextWidth.Of(texts[i])) + gap);
        }
        return line.ToString();
    }

    static string Colored(string header, string text) => header != "state" ? text : text.Split(' ', ':', ',')[0] switch
    {
        "chosen" or "completed" => Terminal.Green(text),
        "failed" or "broken" or "rejected" or "damaged" => Terminal.Red(text),
        "kept" or "collected" or "not" => Terminal.Dim(text),
        _ => text,
    };
}

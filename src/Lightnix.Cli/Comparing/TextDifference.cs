using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Lightnix.Cli;

/// <summary>The lines that differ between two texts, with three lines around them, as <c>diff -u</c> shows them.</summary>
static class TextDifference
{
    const int Around = 3;

    /// <summary>Lines that begin with a blank, <c>-</c> or <c>+</c>; <c>…</c> where equal lines are left out.</summary>
    public static ImmutableArray<string> Of(string before, string now)
    {
        // The end of the last line is no line.
        var lines = before.EndsWith('\n') && now.EndsWith('\n') ? InlineDiffBuilder.Diff(before[..^1], now[..^1]).Lines
            : InlineDiffBuilder.Diff(before, now).Lines;
        var isShown = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Type != ChangeType.Unchanged)
                Array.Fill(isShown, true, Math.Max(0, i - Around), Math.Min(lines.Count, i + Around + 1) - Math.Max(0, i - Around));
        }
        var shown = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (isShown[i])
                shown.Add(Mark(lines[i].Type) + lines[i].Text);
            else if (i > 0 && isShown[i - 1] && isShown.AsSpan(i).Contains(true))
                shown.Add("…");
        }
        return shown.ToImmutable();
    }

    static char Mark(ChangeType type) => type switch
    {
        ChangeType.Deleted => '-',
        ChangeType.Inserted => '+',
        _ => ' ',
    };
}

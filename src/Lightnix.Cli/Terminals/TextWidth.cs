namespace Lightnix.Cli;

/// <summary>How many columns of a terminal a text takes.</summary>
static class TextWidth
{
    // Wide by Unicode's table of East Asian widths: scripts of East Asia, and pictures.
    static readonly (int From, int To)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    public static int Of(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text.Length : text.EnumerateRunes().Sum(Of);

    public static int Of(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => Array.Exists(Wide, w => rune.Value >= w.From && rune.Value <= w.To) ? 2 : 1,
    };

    /// <summary>Lines of at most so many columns, broken at blanks where there are any.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        while (Of(text) > width)
        {
            var (fits, columns) = (0, 0);
            foreach (var rune in text.EnumerateRunes())
            {
                if ((columns += Of(rune)) > width)
                    break;
                fits += rune.Utf16SequenceLength;
            }
            fits = Math.Max(fits, 1);
            var blank = text.LastIndexOf(' ', Math.Min(fits, text.Length - 1));
            var end = blank > 0 ? blank : fits;
            yield return text[..end].TrimEnd();
            text = text[end..].TrimStart();
        }
        yield return text;
    }

    /// <summary>As it is, or cut with <c>…</c> at the end.</summary>
    public static string Cut(string text, int width)
    {
        const char unbroken = '\u00a0';
        return Of(text) <= width ? text
            : string.Concat(Wrap(text.Replace(' ', unbroken), Math.Max(1, width - 1)).First(), "…").Replace(unbroken, ' ');
    }
}

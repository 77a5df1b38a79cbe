namespace Lightnix.Tasks;

/// <summary>The columns that text takes in a terminal. Where terminals differ, it is the larger number: a line that is cut early does no
/// harm, and one that wraps does.</summary>
static class Columns
{
    /// <summary>Scripts of two columns (Korean, Chinese, Japanese), signs and emoji, sorted.</summary>
    static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x2300, 0x23FF), (0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97F),
        (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x1B2FF), (0x1F000, 0x1FAFF),
        (0x20000, 0x3FFFD),
    ];

    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    /// <summary>The text, or its beginning and an ellipsis where it takes more than <paramref name="most"/> columns.</summary>
    public static string Cut(string text, int most)
    {
        // Nearly all text is short, and no character takes more than two columns.
        if (text.Length * 2 <= most || Of(text) <= most)
            return text;
        var (columns, length) = (1, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            columns += Of(rune);
            if (columns > most)
                break;
            length += rune.Utf16SequenceLength;
        }
        return $"{text[..length]}…";
    }

    static int Of(Rune rune)
    {
        if (rune.Value < Wide[0].First)
            return Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark ? 0 : 1;
        return Array.Exists(Wide, w => rune.Value >= w.First && rune.Value <= w.Last) ? 2
            : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : 1;
    }
}

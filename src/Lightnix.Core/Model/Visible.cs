using System.Globalization;
using System.Text;

namespace Lightnix.Model;

/// <summary>
/// Names that builders and archives chose, as messages show them: what would move the cursor, end the line or turn the text around is written as
/// <c>%</c> and two hexadecimal digits, byte by byte of its UTF-8, as in listings.
/// </summary>
public static class Visible
{
    public static string Text(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                visible.AppendJoin("", Encoding.UTF8.GetBytes(rune.ToString()).Select(b => $"%{b:X2}"));
            else
                visible.Append(rune.ToString());
        }
        return visible.ToString();
    }

    /// <summary>The beginning and the end of a path that is too long to be read.</summary>
    public static string Short(string path)
    {
        const int most = 240, end = 80;
        return path.Length <= most ? path : string.Concat(path.AsSpan(0, most - end), "…", path.AsSpan(path.Length - end));
    }
}

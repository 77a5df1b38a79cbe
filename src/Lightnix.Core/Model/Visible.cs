using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

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

    /// <summary>Text that a program printed or a file system holds. Bytes that are not UTF-8 are written as <c>%</c> and two hexadecimal digits, so that none is lost.</summary>
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
    public static string Short(string path)
    {
        const int most = 240, end = 80;
        return path.Length <= most ? path : string.Concat(path.AsSpan(0, most - end), "…", path.AsSpan(path.Length - end));
    }
}

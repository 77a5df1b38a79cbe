namespace Lightnix.Storage;

/// <summary>The last lines of what a builder printed, for messages.</summary>
public static class LogTail
{
    // Minified JSON, or bytes: its beginning and its end show what it is.
    const int LongestLine = 1000;

    /// <summary>How much of a log has so many lines, if they are not longer than what is shown of them.</summary>
    public static int MostBytes(int lines) => lines * LongestLine;

    /// <param name="text">The end of a log; its first line may be cut.</param>
    public static string Of(string text, int lines)
    {
        // A progress bar overwrites its line: what was seen last is what counts.
        var all = text.TrimEnd().Split('\n').TakeLast(lines).Select(l => l.TrimEnd('\r')).Select(l => l[(l.LastIndexOf('\r') + 1)..]);
        return string.Join('\n', all.Select(l => Visible.Cut(l, LongestLine)));
    }
}

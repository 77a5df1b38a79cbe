using Lightnix.Building;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Cli;

/// <summary>The terminal that standard output is.</summary>
static class Terminal
{
    const int UsualWidth = 80;
    const int UsualHeight = 24;

    public static bool IsThere { get; } = !Console.IsOutputRedirected;

    public static int Width => Size.Columns;

    public static int Height => Size.Rows;

    static (int Columns, int Rows) Size => TerminalSize.Now()
        ?? (IsThere && TerminalSize.IsOfWindows ? (Console.WindowWidth, Console.WindowHeight) : (UsualWidth, UsualHeight));

    /// <summary>True where it can move the cursor.</summary>
    public static bool IsCapable { get; } = IsThere && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>False with <c>NO_COLOR</c>: then no escape sequence is written but for a live screen.</summary>
    public static bool HasColor { get; } = IsCapable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Writes to a standard stream. .NET's own streams initialise a terminal, which writes to it.</summary>
    public static TextWriter Writer(int descriptor, bool isRedirected, Func<Stream> open)
    {
        var stream = isRedirected || TerminalSize.IsOfWindows ? open()
            : new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return TextWriter.Synchronized(new StreamWriter(stream, encoding) { AutoFlush = true });
    }

    public static string Bold(string text) => Styled(text, "1");

    public static string Green(string text) => Styled(text, "32");

    public static string Red(string text) => Styled(text, "31");

    public static string Dim(string text) => Styled(text, "2");

    static string Styled(string text, string style) => HasColor && text.Length > 0 ? $"\u001b[{style}m{text}\u001b[0m" : text;
}

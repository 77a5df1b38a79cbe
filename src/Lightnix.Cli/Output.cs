namespace Lightnix.Cli;

/// <summary>Writes JSON, tables (on a terminal) or lines with tabs.</summary>
/// <remarks>Control characters in names, reasons and logs are made visible here.</remarks>
static class Output
{
    public static TextWriter Out { get; } = Terminal.Writer(1, Console.IsOutputRedirected, Console.OpenStandardOutput);

    public static TextWriter Err { get; } = Terminal.Writer(2, Console.IsErrorRedirected, Console.OpenStandardError);

    /// <summary>True if standard output is a terminal.</summary>
    public static bool IsTerminal => Terminal.IsThere;

    /// <summary>Whole references and all digits, on a terminal too.</summary>
    public static bool IsVerbose { get; set; }

    /// <summary>Characters that JSON allows and a terminal obeys are escaped: the value stays the same.</summary>
    public static void Json(JsonValue value)
    {
        var text = CanonicalJson.ToText(value);
        if (text.Any(NeedsEscape))
            text = string.Concat(text.Select(c => NeedsEscape(c) ? Escaped(c) : c.ToString()));
        Write(() => Out.WriteLine(text));
    }

    static string Escaped(char c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");

    static bool NeedsEscape(char c) => char.IsControl(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    public static void Line(string text = "") => Write(() => Out.WriteLine(Visible.Lines(text)));

    /// <summary>A line of a difference, in colour on a terminal.</summary>
    /// <param name="line">Indented; its first character is <c>-</c>, <c>+</c> or anything else.</param>
    public static void Difference(string line)
    {
        Func<string, string> style = line.TrimStart() switch
        {
            ['-', ..] => Terminal.Red,
            ['+', ..] => Terminal.Green,
            _ => text => text,
        };
        Write(() => Out.WriteLine(style($"    {Visible.Lines(line)}")));
    }

    /// <summary>Writes to standard output, or to what a verb makes elsewhere. An error there is not one of the store.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write(Action write, string what = "standard output")
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(what, e);
        }
    }

    /// <summary>Writes a mistake or a warning to standard error.</summary>
    public static void Error(string text) => Err.WriteLine(Visible.Lines($"lightnix: {text}"));

    public static void Rows(string[] headers, IEnumerable<string[]> rows)
    {
        var lines = IsTerminal ? TextTable.Lines(headers, [.. rows], Terminal.Width)
            : rows.Select(row => string.Join('\t', row.Select(Visible.Text)));
        Write(() =>
        {
            foreach (var line in lines)
                Out.WriteLine(line);
        });
    }

    /// <summary>On a terminal local time, to the minute; elsewhere UTC.</summary>
    public static string When(DateTimeOffset time) => !IsTerminal ? Utc(time)
        : time.ToLocalTime().ToString(IsVerbose ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long something took: on a terminal as builds write it.</summary>
    public static string Took(TimeSpan duration) => IsTerminal ? Durations.Text(duration) : Durations.Exact(duration);

    /// <summary>Of a run that went on from a checkpoint, as <c>, 3 tries in 01:02:03.4</c>; else nothing.</summary>
    public static string Tries(RunFacts facts) => facts.Resumed is not { } resumed ? ""
        : string.Create(CultureInfo.InvariantCulture, $", {resumed.Tries} tries in {Took(resumed.Duration)}");

    public static string Utc(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

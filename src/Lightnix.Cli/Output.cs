using Spectre.Console;

namespace Lightnix.Cli;

/// <summary>Writes JSON, tables (on a terminal) or lines with tabs.</summary>
/// <remarks>Control characters in names, reasons and logs are made visible here.</remarks>
static class Output
{
    const int Wide = 100;

    // Only these columns may be broken.
    static readonly string[] Long = ["place", "state", "why", "note"];

    /// <summary>True if standard output is a terminal.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>Whole references and all digits, on a terminal too.</summary>
    public static bool IsVerbose { get; set; }

    /// <summary>Columns of the terminal.</summary>
    public static int Width => AnsiConsole.Profile.Width;

    /// <summary>Characters that JSON allows and a terminal obeys are escaped: the value stays the same.</summary>
    public static void Json(JsonValue value)
    {
        var text = CanonicalJson.ToText(value);
        if (text.Any(NeedsEscape))
            text = string.Concat(text.Select(c => NeedsEscape(c) ? Escaped(c) : c.ToString()));
        Write(() => Console.Out.WriteLine(text));
    }

    static string Escaped(char c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");

    static bool NeedsEscape(char c) => char.IsControl(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    public static void Line(string text = "") => Write(() => Console.Out.WriteLine(Visible.Lines(text)));

    /// <summary>A line of a difference, in colour on a terminal.</summary>
    /// <param name="line">Indented; its first character is <c>-</c>, <c>+</c> or anything else.</param>
    public static void Difference(string line)
    {
        var color = line.TrimStart() switch
        {
            ['-', ..] => Color.Red,
            ['+', ..] => Color.Green,
            _ => Color.Default,
        };
        // Text of Spectre would be broken at the width.
        if (IsTerminal && color != Color.Default && AnsiConsole.Profile.Capabilities.ColorSystem != ColorSystem.NoColors)
            Write(() => Console.Out.WriteLine($"\u001b[{(color == Color.Red ? 31 : 32)}m    {Visible.Lines(line)}\u001b[0m"));
        else
            Line($"    {line}");
    }

    /// <summary>Writes to standard output. An error there is not one of the store.</summary>
    /// <exception cref="OutputException">Standard output cannot be written.</exception>
    public static void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(e);
        }
    }

    /// <summary>Writes a mistake or a warning to standard error.</summary>
    public static void Error(string text) => Console.Error.WriteLine(Visible.Lines($"lightnix: {text}"));

    public static void Rows(string[] headers, IEnumerable<string[]> rows)
    {
        if (IsTerminal)
        {
            ShowTable(headers, [.. rows]);
            return;
        }
        foreach (var row in rows)
            Write(() => Console.Out.WriteLine(string.Join('\t', row.Select(Visible.Text))));
    }

    static void ShowTable(string[] headers, List<string[]> rows)
    {
        if (Table(headers, rows) is { } table)
            Write(() => AnsiConsole.Write(table));
    }

    /// <summary>A table for a terminal; null where all columns are empty.</summary>
    public static Table? Table(string[] headers, List<string[]> rows)
    {
        // Empty columns would break the text of others in 80 columns.
        var shown = Enumerable.Range(0, headers.Length).Where(i => rows.Exists(r => r[i].Length > 0)).ToArray();
        if (shown.Length == 0)
            return null;
        var padding = new Padding(0, 0, AnsiConsole.Profile.Width < Wide ? 1 : 2, 0);
        var table = new Table().Border(TableBorder.None);
        foreach (var header in shown.Select(i => headers[i]))
        {
            var title = new Markup($"[bold]{Markup.Escape(header)}[/]");
            table.AddColumn(new TableColumn(title) { NoWrap = !Long.Contains(header), Padding = padding });
        }
        foreach (var row in rows)
            table.AddRow([.. shown.Select(i => new Text(Visible.Text(row[i])))]);
        return table;
    }

    /// <summary>On a terminal local time, to the minute; elsewhere UTC.</summary>
    public static string When(DateTimeOffset time) => !IsTerminal ? Utc(time)
        : time.ToLocalTime().ToString(IsVerbose ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long something took: on a terminal as builds write it.</summary>
    public static string Took(TimeSpan duration) => IsTerminal ? Durations.Text(duration) : Durations.Exact(duration);

    /// <summary>How long something takes, as <c>3 min 20 s</c>.</summary>
    public static string Elapsed(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)time.TotalSeconds)} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    /// <summary>Of a run that went on from a checkpoint, as <c>, 3 tries in 01:02:03.4</c>; else nothing.</summary>
    public static string Tries(RunFacts facts) => facts.Resumed is not { } resumed ? ""
        : string.Create(CultureInfo.InvariantCulture, $", {resumed.Tries} tries in {Took(resumed.Duration)}");

    public static string Utc(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

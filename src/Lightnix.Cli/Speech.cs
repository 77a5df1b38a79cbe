using System.Globalization;
using System.Text;
using Lightnix.Hashing;
using Lightnix.Model;
using Spectre.Console;

namespace Lightnix.Cli;

/// <summary>What is said: one JSON value, a table on a terminal, or plain lines with tabs elsewhere. Names, reasons and logs are not ours: all of it is made visible here.</summary>
sealed class Speech(bool json)
{
    public bool IsJson => json;

    /// <summary>True when people read along.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>What a terminal would act upon, and may stand in JSON as it is, is escaped: the value stays the same.</summary>
    public static void Json(JsonValue value)
    {
        var text = CanonicalJson.ToText(value);
        if (text.Any(NeedsEscape))
            text = text.Aggregate(new StringBuilder(text.Length), (all, c) => NeedsEscape(c) ? all.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : all.Append(c)).ToString();
        Write(() => Console.Out.WriteLine(text));
    }

    static bool NeedsEscape(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    public static void Line(string text = "") => Write(() => Console.Out.WriteLine(Visible.Lines(text)));

    /// <summary>Whatever goes to standard output: a disk that is full there is not the store's.</summary>
    /// <exception cref="OutputException">It takes nothing.</exception>
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

    /// <summary>A mistake or a warning, on standard error.</summary>
    public static void Complain(string text) => Console.Error.WriteLine(Visible.Lines($"lightnix: {text}"));

    public static void Rows(string[] headers, IEnumerable<string[]> rows)
    {
        if (!IsTerminal)
        {
            foreach (var row in rows)
                Write(() => Console.Out.WriteLine(string.Join('\t', row.Select(Visible.Text))));
            return;
        }
        var all = rows.ToList();
        // In 80 columns, a column in which nothing is, and lines between them, would break what is in the others.
        var shown = Enumerable.Range(0, headers.Length).Where(i => all.Exists(r => r[i].Length > 0)).ToArray();
        if (shown.Length == 0)
            return;
        var gap = AnsiConsole.Profile.Width < Wide ? 1 : 2;
        var table = new Table().Border(TableBorder.None)
            .AddColumns([.. shown.Select(i => new TableColumn(new Markup($"[bold]{Markup.Escape(headers[i])}[/]")) { NoWrap = !Long.Contains(headers[i]), Padding = new Padding(0, 0, gap, 0) })]);
        foreach (var row in all)
            table.AddRow([.. shown.Select(i => new Text(Visible.Text(row[i])))]);
        Write(() => AnsiConsole.Write(table));
    }

    // What may be broken; all else stays whole.
    static readonly string[] Long = ["place", "state", "why"];

    const int Wide = 100;

    /// <summary>Local time, on a terminal to the minute.</summary>
    public static string When(DateTimeOffset time) => time.ToLocalTime().ToString(IsTerminal ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>How long something took: on a terminal to the tenth of a second.</summary>
    public static string Took(TimeSpan duration) => duration.ToString(IsTerminal ? "hh':'mm':'ss'.'f" : "hh':'mm':'ss'.'fff", System.Globalization.CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset time) => (time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
}

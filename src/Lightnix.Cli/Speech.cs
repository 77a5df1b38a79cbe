using Lightnix.Hashing;
using Spectre.Console;

namespace Lightnix.Cli;

/// <summary>What is said: one JSON value, a table on a terminal, or plain lines with tabs elsewhere.</summary>
sealed class Speech(bool json)
{
    public bool IsJson => json;

    static bool IsTerminal => !Console.IsOutputRedirected;

    public static void Json(JsonValue value) => Console.Out.WriteLine(CanonicalJson.ToText(value));

    public static void Line(string text = "") => Console.Out.WriteLine(text);

    public static void Rows(string[] headers, IEnumerable<string[]> rows)
    {
        if (!IsTerminal)
        {
            foreach (var row in rows)
                Console.Out.WriteLine(string.Join('\t', row));
            return;
        }
        var all = rows.ToList();
        // A terminal has 80 columns: lines between columns, and columns in which nothing is, would break what is in the others.
        var shown = Enumerable.Range(0, headers.Length).Where(i => all.Exists(r => r[i].Length > 0)).ToArray();
        if (shown.Length == 0)
            return;
        var table = new Table().Border(TableBorder.Simple).AddColumns([.. shown.Select(i => new TableColumn(new Markup($"[bold]{Markup.Escape(headers[i])}[/]")) { NoWrap = !Long.Contains(headers[i]), Padding = new Padding(0, 0, 1, 0) })]);
        foreach (var row in all)
            table.AddRow([.. shown.Select(i => new Text(row[i]))]);
        AnsiConsole.Write(table);
    }

    // What may be broken; all else stays whole.
    static readonly string[] Long = ["stage", "place", "state", "why", "what"];

    /// <summary>Local time, on a terminal to the minute.</summary>
    public static string When(DateTimeOffset time) => time.ToLocalTime().ToString(IsTerminal ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>How long something took: on a terminal to the tenth of a second.</summary>
    public static string Took(TimeSpan duration) => duration.ToString(IsTerminal ? "hh':'mm':'ss'.'f" : "hh':'mm':'ss'.'fff", System.Globalization.CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset time) => (time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
}

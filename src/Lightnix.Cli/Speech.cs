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
        var table = new Table().Border(TableBorder.Rounded).AddColumns([.. headers.Select(h => new TableColumn(new Markup($"[bold]{Markup.Escape(h)}[/]")))]);
        foreach (var row in rows)
            table.AddRow([.. row.Select(c => new Text(c))]);
        AnsiConsole.Write(table);
    }

    public static string When(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset time) => (time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
}

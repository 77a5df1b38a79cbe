namespace Lightnix.Cli;

/// <summary>Values in the rows of a table: short for people on a terminal, complete elsewhere and with <c>--verbose</c>.</summary>
static class Cell
{
    static bool IsShort => Output.IsTerminal && !Output.IsVerbose;

    /// <summary>A reference with 12 characters, or all of it.</summary>
    public static string Of<T>(Reference<T>? reference) => (IsShort ? reference?.Short : reference?.ToString()) ?? "";

    /// <summary>A number with four significant digits, or all of them; other text as it is.</summary>
    public static string Number(string? text) => text is null ? "" : IsShort ? Figure.Of(text) : text;

    /// <summary>As <c>1.2 MiB</c>; in a pipe bytes.</summary>
    public static string Size(long bytes) => Output.IsTerminal ? Quantities.Text(bytes) : Text(bytes);

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>As <c>3 h ago</c>; with <c>--verbose</c> the local time; in a pipe UTC.</summary>
    public static string Ago(DateTimeOffset? time) => time switch
    {
        null => "",
        { } moment when IsShort => Ago(moment, TimeProvider.System.GetUtcNow()),
        { } moment => Output.When(moment),
    };

    /// <summary>How long ago it was; after a month the day.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now) => (now - time) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } past => $"{Text((long)past.TotalMinutes)} min ago",
        { TotalDays: < 1 } past => $"{Text((long)past.TotalHours)} h ago",
        { TotalDays: < 2 } => "1 day ago",
        { TotalDays: < 31 } past => $"{Text((long)past.TotalDays)} days ago",
        _ => time.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}

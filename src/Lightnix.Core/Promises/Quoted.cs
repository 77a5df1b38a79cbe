namespace Lightnix.Promises;

/// <summary>What was found, as a verdict quotes it: short, on one line.</summary>
internal static class Quoted
{
    const int MaxLength = 60;

    /// <summary><c>"a", "b" and 3 more</c>.</summary>
    public static string Names(IEnumerable<string> names, int shown = 10) => Listed.First(shown, names.Select(n => $"\"{Text(n)}\""));

    public static string Text(string text)
    {
        var line = string.Concat(text.Take(MaxLength).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > MaxLength ? line + "…" : line;
    }

    /// <summary>A library's sentence: it may quote all that it was given.</summary>
    public static string Reason(string text) => Visible.Text(Visible.Cut(text, 300)).TrimEnd('.');

    public static string Count(long n, string one) => string.Create(CultureInfo.InvariantCulture, $"{n} {one}{(n == 1 ? "" : "s")}");

    public static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}

namespace Lightnix.Cli;

/// <summary>Ages and sizes as people write them.</summary>
static class Quantities
{
    const int MostUnits = 100_000;

    static readonly (string Unit, long Bytes)[] Units =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("", 1)];

    /// <summary>An age; <c>0</c> needs no unit.</summary>
    public static TimeSpan Age(string text)
    {
        if (text == "0")
            return TimeSpan.Zero;
        const NumberStyles decimals = NumberStyles.AllowDecimalPoint;
        if (text.Length < 2 || !double.TryParse(text[..^1], decimals, CultureInfo.InvariantCulture, out var number) || number > MostUnits)
            throw NoAge(text);
        return text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            'w' => TimeSpan.FromDays(7 * number),
            _ => throw NoAge(text),
        };
    }

    public static int Count(int number) => number >= 0
        ? number
        : throw new MistakeException(string.Create(CultureInfo.InvariantCulture, $"'{number}' is no number of results: write 0 or more"));

    public static long Size(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
            return plain;
        foreach (var (unit, bytes) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && decimal.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number <= MostUnits * 10)
                return (long)(number * bytes);
        }
        throw new MistakeException($"'{text}' is no size: write bytes, or a number with KiB, MiB, GiB or TiB, as 20GiB");
    }

    public static string Text(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1024 && unit < units.Length - 1; unit++)
            value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? value : Math.Round(value, 1))} {units[unit]}");
    }

    /// <summary>As <c>1 run</c> and <c>3 runs</c>.</summary>
    public static string Count(int number, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {one}{(number == 1 ? "" : "s")}");

    static MistakeException NoAge(string text) => new($"'{text}' is no age: write a number with m, h, d or w, as 30d");
}

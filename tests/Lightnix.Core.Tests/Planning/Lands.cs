namespace Lightnix.Planning;

/// <summary>
/// Cultures in which careless code goes wrong. Tests run without ICU, where a culture is its name only, so what matters is put together by
/// hand: a decimal comma, another minus, other digits' grouping, another calendar. Real ones are added where the machine has them.
/// </summary>
sealed class Lands : IDisposable
{
    readonly CultureInfo _before = CultureInfo.CurrentCulture;

    Lands()
    {
    }

    public static IEnumerable<string> Names { get; } =
        new[] { "comma", "minus", "calendar" }.Concat(new[] { "tr-TR", "de-DE", "ar-SA", "fa-IR" }.Where(IsThere));

    public static Lands Enter(string name)
    {
        var land = new Lands();
        CultureInfo.CurrentCulture = name switch
        {
            "comma" => Made(c => (c.NumberFormat.NumberDecimalSeparator, c.NumberFormat.NumberGroupSeparator,
                c.DateTimeFormat.TimeSeparator, c.DateTimeFormat.DateSeparator) = (",", ".", ".", ".")),
            "minus" => Made(c => (c.NumberFormat.NegativeSign, c.NumberFormat.PositiveSign, c.NumberFormat.NaNSymbol) =
                ("\u2212", "plus", "no number")),
            "calendar" => Made(c => c.DateTimeFormat =
                new DateTimeFormatInfo
                {
                    FirstDayOfWeek = DayOfWeek.Saturday,
                    CalendarWeekRule =
                CalendarWeekRule.FirstDay,
                    ShortDatePattern = "d/M/yy"
                }),
            _ => CultureInfo.GetCultureInfo(name),
        };
        return land;
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;

    static CultureInfo Made(Action<CultureInfo> change)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        change(culture);
        return culture;
    }

    static bool IsThere(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name).Name == name;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}

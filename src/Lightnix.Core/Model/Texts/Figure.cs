namespace Lightnix.Model;

/// <summary>Numbers as messages show them: four significant digits, but every digit before the point. Records and JSON have all
/// digits.</summary>
public static class Figure
{
    const int Digits = 4;

    /// <summary>Enough to tell any two numbers apart.</summary>
    const int AllDigits = 17;

    /// <param name="text">As a file or a declaration has it; what is no number stays as it is.</param>
    public static string Of(string text) => Parse(text) is { } number ? Of(number) : text;

    public static string Of(double number) => Rounded(number, Digits);

    /// <summary>Two numbers with as many digits as tell them apart.</summary>
    public static (string Before, string Now) Pair(string before, string now)
    {
        if (Parse(before) is not { } old || Parse(now) is not { } next)
            return (before, now);
        var digits = Digits;
        while (digits < AllDigits && old != next && Rounded(old, digits) == Rounded(next, digits))
            digits++;
        return (Rounded(old, digits), Rounded(next, digits));
    }

    // Thousands of rows are not rounded to tens.
    static string Rounded(double number, int digits)
    {
        var size = Math.Abs(number);
        var text = size >= Math.Pow(10, digits) - 0.5 && size < 1e15
            ? Math.Round(number).ToString("0", CultureInfo.InvariantCulture)
            : number.ToString(string.Create(CultureInfo.InvariantCulture, $"G{digits}"), CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

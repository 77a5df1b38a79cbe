namespace Lightnix.Planning;

/// <summary>The current value of an epoch: what makes a stage that reads the world stale.</summary>
public static class EpochValue
{
    static readonly ImmutableArray<string> Periods = ["Hourly", "Daily", "Weekly", "Monthly"];

    /// <summary>The value at a time, in UTC: <c>2026-11-22T17</c>, <c>2026-11-22</c>, <c>2026-W47</c> (ISO 8601), <c>2026-11</c>; any other
    /// text is its own value.</summary>
    public static string At(string epoch, DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return Canonical(epoch) switch
        {
            "Hourly" => utc.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture),
            "Daily" => utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "Weekly" => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(utc):0000}-W{ISOWeek.GetWeekOfYear(utc):00}"),
            "Monthly" => utc.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            var text => text,
        };
    }

    /// <summary>The period in its own spelling, so that <c>daily</c> and <c>Daily</c> are one derivation.</summary>
    internal static string Canonical(string epoch) =>
        Periods.FirstOrDefault(p => string.Equals(p, epoch, StringComparison.OrdinalIgnoreCase)) ?? epoch;
}

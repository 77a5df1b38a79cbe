namespace Lightnix.Model;

/// <summary>A span of time for people: <c>0.4 s</c>, <c>2 min 5 s</c>, <c>3 h 7 min</c>, <c>2 d 4 h</c>.</summary>
public static class Durations
{
    public static string Text(TimeSpan span)
    {
        if (span.TotalSeconds < 59.95)
            return string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");
        var whole = TimeSpan.FromSeconds(Math.Round(span.TotalSeconds));
        return whole switch
        {
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes} min {whole.Seconds} s"),
            { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{whole.Hours} h {whole.Minutes} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{whole.Days} d {whole.Hours} h"),
        };
    }

    /// <summary>The same without parts of seconds, for a text that changes.</summary>
    public static string Whole(TimeSpan span) =>
        span.TotalSeconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalSeconds} s") : Text(span);

    /// <summary>As <c>TimeLimit</c> is written, with hours beyond a day: <c>30:00:00</c>.</summary>
    public static string Declared(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours:00}:{span:mm\\:ss\\.FFFFFFF}").TrimEnd('.');

    /// <summary>Complete and sortable, for programs: <c>00:02:05.123</c>, <c>2.04:00:00.000</c> with days.</summary>
    public static string Exact(TimeSpan span) =>
        span.ToString(span.Days > 0 ? "d'.'hh':'mm':'ss'.'fff" : "hh':'mm':'ss'.'fff", CultureInfo.InvariantCulture);
}

namespace Lightnix.Tasks;

/// <summary>A span of time for people: <c>0.4 s</c>, <c>2 min 5 s</c>, <c>3 h 7 min</c>.</summary>
static class Durations
{
    public static string Text(TimeSpan span) => span switch
    {
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
    };

    /// <summary>The same without parts of seconds, for a text that changes.</summary>
    public static string Whole(TimeSpan span) =>
        span.TotalSeconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalSeconds} s") : Text(span);
}

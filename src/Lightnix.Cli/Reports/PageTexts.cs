namespace Lightnix.Cli;

/// <summary>Times as the page shows them.</summary>
static class PageTexts
{
    /// <summary>In UTC: a report is read elsewhere.</summary>
    public static Html When(DateTimeOffset time)
    {
        var shown = time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return Html.Of($"<time datetime=\"{Output.Utc(time)}\">{shown}</time>");
    }

    /// <summary>As <c>1:02:03</c>, <c>2:03</c> or <c>4.56 s</c>.</summary>
    public static string Took(TimeSpan duration) => duration switch
    {
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours}:{duration:mm':'ss}"),
        { TotalMinutes: >= 1 } => duration.ToString("m':'ss", CultureInfo.InvariantCulture),
        _ => $"{Figure.Of(duration.TotalSeconds)} s",
    };
}

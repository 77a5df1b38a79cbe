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
}

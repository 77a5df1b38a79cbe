namespace Lightnix.Cli;

/// <summary>A cell of a table of the page.</summary>
/// <param name="Sort">By which rows are sorted; null: by the text.</param>
sealed record PageCell(Html Content, string? Sort = null)
{
    public static PageCell Of(string? text) => new(Html.Escaped(text ?? ""));

    /// <summary>A number, sorted by its value.</summary>
    public static PageCell Number(string shown, double value) => new(
        Html.Escaped(shown), double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "");

    public static PageCell Number(int value) => Number(value.ToString(CultureInfo.InvariantCulture), value);

    /// <summary>A metric as a file has it; it may be no number.</summary>
    public static PageCell Metric(string? text) =>
        text is null ? Of("") : Number(Figure.Of(text), ConfigurationRow.TryNumber(text) ?? double.NaN);

    public static PageCell When(DateTimeOffset? time) => time is { } when ? new(PageTexts.When(when), Output.Utc(when)) : Of("");

    public static PageCell Took(TimeSpan? duration) =>
        duration is { } took ? Number(Durations.Text(took), took.TotalSeconds) : Of("");

    public static PageCell Size(long? bytes) => bytes is { } size ? Number(Quantities.Text(size), size) : Of("");
}

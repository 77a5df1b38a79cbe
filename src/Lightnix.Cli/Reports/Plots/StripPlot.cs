namespace Lightnix.Cli;

/// <summary>Each replicate of a metric by configuration, with mean and interval.</summary>
static class StripPlot
{
    // More rows are no picture: the table has all.
    const int MostRows = 40;

    public static Plot Of(RunGroup group, string metric)
    {
        var measured = group.Rows.Where(r => r.Metrics.ContainsKey(metric)).ToArray();
        ConfigurationRow[] shown =
        [
            .. measured.OrderByDescending(r => r.Configuration.IsChosen).Take(MostRows).OrderByDescending(r => r.Metrics[metric].Mean),
        ];
        var left = measured.Length == shown.Length ? "" : string.Create(
            CultureInfo.InvariantCulture, $" The newest {shown.Length} of {measured.Length} configurations; the table has all.");
        var statistics = VegaLite.Data(
            shown.Where(r => r.Metrics[metric].Count > 1).Select(r => Statistics(group, r, metric)), "mean", "low", "high");
        var runs = VegaLite.Data(shown.SelectMany(r => Runs(group, r, metric)), "value");
        var y = VegaLite.Nominal("c", null);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{group.Id}-strip-{group.Metrics.IndexOf(metric) + 1}"),
            $"{metric} of {group.Name}: a point is a replicate, the bar is the mean with its 95 % interval.{left}",
            VegaLite.Layers(
                $"{metric} of each replicate, by configuration", shown.Length,
                // The first, because it has all configurations: their order is that of the axis.
                VegaLite.Layer(runs, VegaLite.MarkWithTooltip("point", "run"), ("x", VegaLite.Quantitative("value", metric)), ("y", y)),
                VegaLite.Layer(statistics, VegaLite.Mark("rule", "interval"),
                    ("x", VegaLite.Quantitative("low", metric)), ("x2", VegaLite.End("high")), ("y", y)),
                VegaLite.Layer(statistics, VegaLite.Mark("tick", "mean"), ("x", VegaLite.Quantitative("mean", metric)), ("y", y))));
    }

    static JsonValue.Object Statistics(RunGroup group, ConfigurationRow row, string metric) => JsonValue.Object.Empty
        .With("c", group.LabelOf(row)).With("mean", VegaLite.Number(row.Metrics[metric].Mean))
        .With("low", VegaLite.Number(row.Metrics[metric].Low)).With("high", VegaLite.Number(row.Metrics[metric].High));

    static IEnumerable<JsonValue.Object> Runs(RunGroup group, ConfigurationRow row, string metric) =>
        row.Configuration.Replicates.Where(r => r.Values.ContainsKey(metric)).Select(r => JsonValue.Object.Empty
            .With("c", group.LabelOf(row)).With("value", r.Values[metric]).With("replicate", r.Run.Facts.Replicate));
}

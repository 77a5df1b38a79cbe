namespace Lightnix.Cli;

/// <summary>Each replicate of a metric by configuration, with mean and interval.</summary>
static class StripPlot
{
    // More rows are no picture: the table has all.
    const int MostRows = 40;

    public static Plot Of(RunGroup group, string metric)
    {
        var measured = group.Rows.Where(r => r.Metrics.ContainsKey(metric)).ToArray();
        var shown = measured.OrderByDescending(r => r.Configuration.IsChosen).Take(MostRows).OrderByDescending(r => r.Metrics[metric].Mean).ToArray();
        var runs = shown.SelectMany(r => r.Configuration.Replicates.Where(run => run.Values.ContainsKey(metric)).Select(run => JsonValue.Object.Empty
            .With("c", group.LabelOf(r)).With("value", run.Values[metric]).With("replicate", run.Run.Facts.Replicate)));
        var means = shown.Where(r => r.Metrics[metric].Count > 1).Select(r => JsonValue.Object.Empty.With("c", group.LabelOf(r))
            .With("mean", VegaLite.Number(r.Metrics[metric].Mean)).With("low", VegaLite.Number(r.Metrics[metric].Low))
            .With("high", VegaLite.Number(r.Metrics[metric].High))).ToArray();
        var y = VegaLite.Nominal("c", null);
        var statistics = VegaLite.Data(means, "mean", "low", "high");
        var left = measured.Length > shown.Length
            ? string.Create(CultureInfo.InvariantCulture, $" The newest {shown.Length} of {measured.Length} configurations; the table has all.") : "";
        return new(
            $"{group.Id}-strip-{group.Metrics.IndexOf(metric) + 1}",
            $"{metric} of {group.Name}: a point is a replicate, the bar is the mean with its 95 % interval.{left}",
            VegaLite.Layers(
                $"{metric} of each replicate, by configuration",
                VegaLite.Layer(statistics, VegaLite.Mark("rule", "interval"), ("x", VegaLite.Quantitative("low", metric)), ("x2", VegaLite.End("high")), ("y", y)),
                VegaLite.Layer(statistics, VegaLite.Mark("tick", "mean"), ("x", VegaLite.Quantitative("mean", metric)), ("y", y)),
                VegaLite.Layer(VegaLite.Data(runs, "value"), VegaLite.MarkWithTooltip("point", "run"), ("x", VegaLite.Quantitative("value", metric)), ("y", y))));
    }
}

namespace Lightnix.Cli;

/// <summary>A metric against a parameter: means with intervals, a line for each combination of the other parameters.</summary>
static class ParameterPlot
{
    // More lines are not told apart.
    const int MostSeries = 8;

    const int MostSteps = 50;

    /// <summary>Null where fewer than two values of the parameter were measured.</summary>
    public static Plot? Of(RunGroup group, string metric, string parameter)
    {
        var rows = group.Rows.Where(r => r.Metrics.ContainsKey(metric) && r.Parameter(parameter) is not null).ToArray();
        var values = rows.Select(r => r.Parameter(parameter)!).Distinct(StringComparer.Ordinal).ToArray();
        if (values.Length < 2)
            return null;
        var numbers = values.Select(ConfigurationRow.TryNumber).OfType<double>().Where(double.IsFinite).ToArray();
        var isNumeric = numbers.Length == values.Length;
        var others = group.Parameters.Remove(parameter);
        var hasSeries = !others.IsEmpty && rows.Select(r => Series(r, others)).Distinct(StringComparer.Ordinal).Count() <= MostSeries;
        var data = VegaLite.Data(
            rows.OrderBy(r => r.Value(parameter)).ThenBy(r => r.Parameter(parameter), StringComparer.Ordinal).Select(r => Value(r, metric, parameter, others, hasSeries)),
            isNumeric ? ["x", "mean", "low", "high"] : ["mean", "low", "high"]);
        var x = isNumeric
            ? VegaLite.Quantitative("x", parameter, isLogarithmic: numbers.Min() > 0 && numbers.Max() / numbers.Min() >= MostSteps)
            : VegaLite.Nominal("x", parameter);
        (string, JsonValue.Object)[] series = hasSeries ? [("color", VegaLite.Nominal("series", string.Join(", ", others)))] : [];
        var mean = VegaLite.Quantitative("mean", metric);
        var points = VegaLite.Layer(data, VegaLite.MarkWithTooltip("point", "mean-point"), [("x", x), ("y", mean), .. series]);
        var bars = VegaLite.Layer(data, VegaLite.Mark("rule", "interval"), [("x", x), ("y", VegaLite.Quantitative("low", metric)), ("y2", VegaLite.End("high")), .. series]);
        var line = VegaLite.Layer(data, VegaLite.Mark("line", "series"), [("x", x), ("y", mean), .. series]);
        // Without series, a line would join configurations that differ in more than this.
        var isLine = isNumeric && (hasSeries || others.IsEmpty) && rows.Select(group.LabelOf).Distinct(StringComparer.Ordinal).Count() == rows.Length;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{group.Id}-by-{group.Metrics.IndexOf(metric) + 1}-{group.Parameters.IndexOf(parameter) + 1}"),
            $"{metric} of {group.Name} against {parameter}: means over the replicates, with 95 % intervals. The table of configurations has the numbers.",
            VegaLite.Layers($"{metric} against {parameter}", isLine ? [line, bars, points] : [bars, points]));
    }

    static JsonValue.Object Value(ConfigurationRow row, string metric, string parameter, ImmutableArray<string> others, bool hasSeries)
    {
        var statistics = row.Metrics[metric];
        var json = JsonValue.Object.Empty.With("x", row.Parameter(parameter)!).With("mean", VegaLite.Number(statistics.Mean)).With("n", statistics.Count);
        if (statistics.Count > 1)
            json = json.With("low", VegaLite.Number(statistics.Low)).With("high", VegaLite.Number(statistics.High));
        return hasSeries ? json.With("series", Series(row, others)) : json;
    }

    static string Series(ConfigurationRow row, ImmutableArray<string> others) =>
        Visible.Text(string.Join(", ", others.Select(p => row.Parameter(p) ?? "–")));
}

namespace Lightnix.Cli;

/// <summary>A metric against a parameter: means with intervals, a line for each combination of the other parameters.</summary>
sealed class ParameterPlot
{
    // More lines are not told apart.
    const int MostSeries = 8;

    // Beyond this ratio, small values would lie on one another.
    const int MostRatio = 50;

    readonly RunGroup _group;
    readonly string _metric, _parameter;
    readonly ConfigurationRow[] _rows;
    readonly string[] _values;

    ParameterPlot(RunGroup group, string metric, string parameter)
    {
        (_group, _metric, _parameter) = (group, metric, parameter);
        _rows =
        [
            .. group.Rows.Where(r => r.Metrics.ContainsKey(metric) && r.Parameter(parameter) is not null)
                .OrderBy(r => r.Value(parameter)).ThenBy(r => r.Parameter(parameter), StringComparer.Ordinal),
        ];
        _values = [.. _rows.Select(r => r.Parameter(parameter)!).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Null where fewer than two values of the parameter were measured.</summary>
    public static Plot? Of(RunGroup group, string metric, string parameter) =>
        new ParameterPlot(group, metric, parameter) is { _values.Length: > 1 } plot ? plot.Draw() : null;

    ImmutableArray<string> Others => _group.Parameters.Remove(_parameter);

    bool HasSeries => !Others.IsEmpty && _rows.Select(SeriesOf).Distinct(StringComparer.Ordinal).Count() <= MostSeries;

    Plot Draw()
    {
        var numbers = Numbers(_values);
        var isNumeric = !numbers.IsEmpty;
        var hasSeries = HasSeries;
        var shades = hasSeries || Others.Length != 1 ? [] : Numbers(_rows.Select(SeriesOf));
        string[] read = ["mean", "low", "high", .. isNumeric ? new[] { "x" } : [], .. shades.IsEmpty ? [] : new[] { "series" }];
        var data = VegaLite.Data(_rows.Select(r => Value(r, hasSeries || !shades.IsEmpty)), read);
        var x = isNumeric
            ? VegaLite.Quantitative("x", _parameter, isLogarithmic: IsLogarithmic(numbers))
            : VegaLite.Nominal("x", _parameter);
        (string, JsonValue.Object)[] series = hasSeries ? [("color", VegaLite.Nominal("series", string.Join(", ", Others)))]
            : shades.IsEmpty ? [] : [("color", VegaLite.Gradient("series", Others[0], IsLogarithmic(shades)))];
        var mean = VegaLite.Quantitative("mean", _metric);
        var points = VegaLite.Layer(data, VegaLite.MarkWithTooltip("point", "mean-point"), [("x", x), ("y", mean), .. series]);
        var bars = VegaLite.Layer(data, VegaLite.Mark("rule", "interval"),
            [("x", x), ("y", VegaLite.Quantitative("low", _metric)), ("y2", VegaLite.End("high")), .. series]);
        var line = VegaLite.Layer(data, VegaLite.Mark("line", "series"), [("x", x), ("y", mean), .. series]);
        var number = string.Create(
            CultureInfo.InvariantCulture, $"{_group.Metrics.IndexOf(_metric) + 1}-{_group.Parameters.IndexOf(_parameter) + 1}");
        return new(
            $"{_group.Id}-by-{number}",
            $"{_metric} of {_group.Name} against {_parameter}: means over the replicates, with 95 % intervals. "
                + "The table of configurations has the numbers.",
            VegaLite.Layers($"{_metric} against {_parameter}", 0, isNumeric && IsLine(hasSeries) ? [line, bars, points] : [bars, points]));
    }

    // None where a text is no number.
    static ImmutableArray<double> Numbers(IEnumerable<string> texts)
    {
        var numbers = texts.Select(ConfigurationRow.TryNumber).ToArray();
        return numbers.All(n => n is { } number && double.IsFinite(number)) ? [.. numbers.OfType<double>()] : [];
    }

    static bool IsLogarithmic(ImmutableArray<double> numbers) => numbers.Min() > 0 && numbers.Max() / numbers.Min() >= MostRatio;

    // Else a line would join configurations that differ in more than this parameter.
    bool IsLine(bool hasSeries) => (hasSeries || Others.IsEmpty)
        && _rows.GroupBy(r => (SeriesOf(r), r.Parameter(_parameter))).All(g => g.Count() == 1);

    JsonValue.Object Value(ConfigurationRow row, bool hasSeries)
    {
        var statistics = row.Metrics[_metric];
        var json = JsonValue.Object.Empty
            .With("x", row.Parameter(_parameter)!).With("mean", VegaLite.Number(statistics.Mean)).With("n", statistics.Count);
        if (statistics.Count > 1)
            json = json.With("low", VegaLite.Number(statistics.Low)).With("high", VegaLite.Number(statistics.High));
        return hasSeries ? json.With("series", SeriesOf(row)) : json;
    }

    string SeriesOf(ConfigurationRow row) => Visible.Text(string.Join(", ", Others.Select(p => row.Parameter(p) ?? "–")));
}

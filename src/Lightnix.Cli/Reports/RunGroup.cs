namespace Lightnix.Cli;

/// <summary>Configurations of one stage, or of all cells of one matrix.</summary>
/// <param name="Id">For the elements of the page.</param>
/// <param name="Rows">The newest first.</param>
sealed record RunGroup(string Name, string Id, ImmutableArray<ConfigurationRow> Rows)
{
    /// <summary>Names of parameters that vary.</summary>
    public ImmutableArray<string> Parameters { get; } =
    [
        .. Rows.SelectMany(r => r.Configuration.Derivation.Parameters.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(p => Rows.Select(r => r.Parameter(p)).Distinct(StringComparer.Ordinal).Skip(1).Any()),
    ];

    public ImmutableArray<string> Metrics { get; } =
        [.. Rows.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public ImmutableArray<Plot> Plots
    {
        get => field.IsDefault ? field = Draw() : field;
        init;
    }

    ImmutableArray<Plot> Draw() =>
    [
        .. Metrics.Where(m => Rows.Any(r => r.Metrics.TryGetValue(m, out var s) && s.Count > 1)).Select(m => StripPlot.Of(this, m)),
        .. from metric in Metrics
           from parameter in Parameters
           select ParameterPlot.Of(this, metric, parameter) into plot
           where plot is not null
           select plot,
    ];

    /// <summary>A configuration by the parameters that vary, or by its stage; with its reference where that is not enough.</summary>
    public string LabelOf(ConfigurationRow row)
    {
        var label = Parameters.IsEmpty ? row.Configuration.Stage
            : string.Join(", ", Parameters.Select(p => $"{p} {row.Parameter(p) ?? "–"}"));
        var alike = Rows.Count(r => Parameters.All(p => r.Parameter(p) == row.Parameter(p)));
        return Visible.Text(alike == 1 ? label : $"{label} ({row.Configuration.Resolved.Short[..6]})");
    }
}

using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>A configuration with the statistics of its metrics over its replicates.</summary>
sealed record ConfigurationRow(Configuration Configuration, ImmutableSortedDictionary<string, Statistics> Metrics)
{
    public static ConfigurationRow Of(Configuration configuration) => new(
        configuration,
        configuration.Replicates.SelectMany(r => r.Values).ToLookup(v => v.Key, v => Number(v.Value))
            .ToImmutableSortedDictionary(g => g.Key, g => Statistics.Of([.. g]), StringComparer.Ordinal));

    /// <summary>The number that a name means: a parameter, the mean of a metric, or <c>n</c>. Null: it has none.</summary>
    public double? Value(string name)
    {
        if (name == "n")
            return Configuration.Replicates.Length;
        if (Metrics.TryGetValue(name, out var metric))
            return metric.Mean;
        return Configuration.Derivation.Parameters.GetValueOrDefault(name) is { } text && TryNumber(text) is { } number ? number : null;
    }

    /// <summary>The text of a parameter; null: it has none.</summary>
    public string? Parameter(string name) => Configuration.Derivation.Parameters.GetValueOrDefault(name);

    /// <summary><c>chosen</c>, with the choices among stages that took it; empty: no project has chosen it.</summary>
    public string State =>
        string.Join(", ", [.. Configuration.IsChosen ? new[] { "chosen" } : [], .. Configuration.Won.Select(w => $"won {w}")]);

    /// <summary>True where another row is of the same stage and has the same parameters: something else was changed.</summary>
    public bool IsLike(ConfigurationRow other) => Configuration.Stage == other.Configuration.Stage
        && Configuration.Derivation.Parameters.SequenceEqual(other.Configuration.Derivation.Parameters);

    public static double? TryNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    // A metric is one finite number in the invariant culture.
    static double Number(string text) => TryNumber(text) ?? double.NaN;
}

namespace Lightnix.Cli;

/// <summary>What <c>--where</c>, <c>--sort</c> and <c>--metric</c> may name: parameters and metrics of the runs that were found.</summary>
sealed class RunNames(ImmutableArray<ConfigurationRow> rows)
{
    const int MostListed = 8;

    readonly ImmutableSortedSet<string> _metrics = rows.SelectMany(r => r.Metrics.Keys).ToImmutableSortedSet(StringComparer.Ordinal);

    readonly ImmutableSortedSet<string> _parameters =
        rows.SelectMany(r => r.Configuration.Derivation.Parameters.Keys).ToImmutableSortedSet(StringComparer.Ordinal);

    /// <exception cref="MistakeException">No row has a parameter or a metric of this name.</exception>
    public void Require(string option, string name)
    {
        var known = _parameters.Union(_metrics).Add("n");
        if (rows.IsEmpty || known.Contains(name))
            return;
        var nearest = Spelling.Nearest(name, known) is { } near ? $": did you mean '{near}'?" : "";
        throw new MistakeException($"'{name}' in {option} is no parameter and no metric of these runs "
            + $"(they have {Listed.First(MostListed, known)}; another file counts with --metric){nearest}");
    }

    /// <exception cref="MistakeException">No result has a number in one of these files.</exception>
    public void RequireMetrics(IEnumerable<Metric> metrics)
    {
        if (!rows.IsEmpty && metrics.FirstOrDefault(m => !_metrics.Contains(m.ToString())) is { } metric)
            throw new MistakeException($"'{metric}' in --metric is a number in no result of these runs that the store still has: "
                + "write a file that holds one number, as accuracy.txt, or a place in a JSON file, as m.json#/f1");
    }
}

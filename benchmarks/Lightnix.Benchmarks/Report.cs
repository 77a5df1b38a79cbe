using System.Runtime.InteropServices;

namespace Lightnix.Benchmarks;

/// <summary>Medians, and how many times its peer's time Lightnix takes, as Markdown.</summary>
static class Report
{
    public static string Of(IReadOnlyList<Measurement> measurements)
    {
        var text = new StringBuilder($"""
            # Benchmarks

            Trivial shell stages, through `dotnet build`, process start included. Medians; a ratio below 1 means that Lightnix is faster.
            {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores,
            .NET {Environment.Version}.

            | Stages | Build | Lightnix | Peer | Peer's time | Ratio | Runs |
            |---:|---|---:|---|---:|---:|---:|

            """);
        foreach (var group in measurements.GroupBy(measurement => (measurement.Stages, measurement.Pass)))
            AddRows(text, group.Key.Stages, group.Key.Pass, [.. group]);
        if (!NixBuild.IsInstalled)
            text.Append("\n`nix-build` is not installed here.\n");
        return text.ToString();
    }

    static void AddRows(StringBuilder text, int stages, Pass pass, IReadOnlyList<Measurement> group)
    {
        var contestants = group.GroupBy(measurement => measurement.Contestant, measurement => measurement.Time.TotalSeconds).ToList();
        var own = Median([.. contestants[0]]);
        foreach (var peer in contestants.Skip(1))
            text.Append(CultureInfo.InvariantCulture,
                $"| {stages:N0} | {pass} | {own:F2} s | {peer.Key} | {Median([.. peer]):F2} s | {own / Median([.. peer]):F2} | "
                    + $"{peer.Count()} |\n");
    }

    static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>Runs and sweeps: for each stage or matrix its plots, its configurations and its runs.</summary>
static class RunsSection
{
    public static Html Of(ProjectReport report)
    {
        var nodes = report.Stages.ToDictionary(s => s.Name, s => s.Node, StringComparer.OrdinalIgnoreCase);
        var groups = report.Configurations.Select(ConfigurationRow.Of)
            .GroupBy(r => nodes.GetValueOrDefault(r.Configuration.Stage, r.Configuration.Stage), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
            .Select((g, i) => new RunGroup(g.Key, string.Create(CultureInfo.InvariantCulture, $"runs-{i + 1}"), [.. g])).ToArray();
        return groups.Length == 0 ? Html.None : Html.Of($"""
            <section id="runs"><h2>Runs and sweeps</h2>
            <p>A row is a configuration: a recipe with its parameters and inputs. The interval holds the mean with a confidence of 95 %
            (Student’s t). Configurations of earlier builds are here too.</p>
            {Plot.Figure(DurationPlot.Of(groups))}{groups.Select(Of)}</section>

            """);
    }

    static Html Of(RunGroup group) => Html.Of($"""
        <h3>{group.Name}</h3>
        {group.Plots().Select(Plot.Figure)}{Configurations(group).ToHtml()}<details><summary>Each run of {group.Name}</summary>
        {Runs(group).ToHtml()}</details>

        """);

    static PageTable Configurations(RunGroup group) => new(
        $"{group.Id}-configurations", $"Configurations of {group.Name}",
        ["configuration", .. group.Parameters, "n", .. group.Metrics.SelectMany(m => new[] { m, $"{m}: deviation", $"{m}: 95 %", $"{m}: range" }),
            "results", "failed", "last", "chosen"],
        [.. group.Rows.Select(r => Row(group, r))]);

    static PageRow Row(RunGroup group, ConfigurationRow row) => new(
    [
        PageCell.Of(row.Configuration.Stage), .. group.Parameters.Select(p => Parameter(row, p)), PageCell.Number(row.Configuration.Replicates.Length),
        .. group.Metrics.SelectMany(m => row.Metrics.TryGetValue(m, out var s) ? Statistics(s) : Enumerable.Repeat(PageCell.Of(""), 4)),
        PageCell.Number(row.Configuration.Distinct),
        row.Configuration.Failures.IsEmpty ? PageCell.Of("") : PageCell.Number(row.Configuration.Failures.Length),
        PageCell.When(row.Configuration.Last), PageCell.Of(row.Configuration.IsChosen ? "chosen" : ""),
    ]);

    static PageCell Parameter(ConfigurationRow row, string name)
    {
        var text = row.Parameter(name) ?? "";
        return ConfigurationRow.TryNumber(text) is { } number ? PageCell.Number(text, number) : PageCell.Of(text);
    }

    static PageCell[] Statistics(Statistics s) => s.Count == 1
        ? [PageCell.Number(Figure.Of(s.Mean), s.Mean), PageCell.Of(""), PageCell.Of(""), PageCell.Of("")]
        :
        [
            PageCell.Number(Figure.Of(s.Mean), s.Mean), PageCell.Number(Figure.Of(s.Deviation), s.Deviation),
            PageCell.Number($"{Figure.Of(s.Low)} … {Figure.Of(s.High)}", s.Low), PageCell.Number($"{Figure.Of(s.Min)} … {Figure.Of(s.Max)}", s.Min),
        ];

    static PageTable Runs(RunGroup group) => new(
        $"{group.Id}-each", $"Runs of {group.Name}",
        ["configuration", .. group.Parameters, "replicate", "attempt", "seed", .. group.Metrics, "took", "ended", "machine", "result"],
        [
            .. group.Rows.SelectMany(row => row.Configuration.Runs.Select(r => (r.Run.Facts, r.Values, Result: Result(r.Run)))
                .Concat(row.Configuration.Failures.Select(f => (f.Facts, NoValues, Result: $"failed: {f.Reason}")))
                .OrderBy(r => r.Facts.Order).Select(r => Row(group, row, r.Facts, r.Item2, r.Result))),
        ]);

    static string Result(Run run) => run.Realization.Short + (run.Adopted is null ? "" : $", adopted: {run.Adopted.Reason}");

    static ImmutableSortedDictionary<string, string> NoValues { get; } = ImmutableSortedDictionary<string, string>.Empty;

    static PageRow Row(
        RunGroup group, ConfigurationRow row, RunFacts facts, ImmutableSortedDictionary<string, string> values, string result) => new(
    [
        PageCell.Of(row.Configuration.Stage), .. group.Parameters.Select(p => Parameter(row, p)), PageCell.Number(facts.Replicate),
        PageCell.Number(facts.Attempt), facts.Seed is { } seed ? PageCell.Number(seed) : PageCell.Of(""),
        .. group.Metrics.Select(m => PageCell.Metric(values.GetValueOrDefault(m))), PageCell.Took(StagesSection.Took(facts)),
        PageCell.When(facts.End), PageCell.Of(facts.Host.Name), PageCell.Of(result),
    ]);
}

using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>Runs and sweeps: for each stage or matrix its plots, its configurations and its runs.</summary>
static class RunsSection
{
    public static Html Of(ProjectReport report)
    {
        var groups = Groups(report);
        return groups.IsEmpty ? Html.None : Html.Of($"""
            <section id="runs"><h2>Runs and sweeps</h2>
            <p>A row is a configuration: a recipe with its parameters and inputs. The interval holds the mean with a confidence of 95 %
            (Student’s t). Configurations of earlier builds are here too.</p>
            {Plot.Figure(DurationPlot.Of(groups))}{Together(groups).Select(Of)}</section>

            """);
    }

    static ImmutableArray<RunGroup> Groups(ProjectReport report)
    {
        var nodes = report.Stages.ToDictionary(s => s.Name, s => s.Node, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. report.Configurations.Select(ConfigurationRow.Of)
                .GroupBy(r => nodes.GetValueOrDefault(r.Configuration.Stage, r.Configuration.Stage), StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
                .Select((g, i) => new RunGroup(g.Key, string.Create(CultureInfo.InvariantCulture, $"runs-{i + 1}"), [.. g])),
        ];
    }

    // Stages without a plot are rows of one table.
    static ImmutableArray<RunGroup> Together(ImmutableArray<RunGroup> groups)
    {
        var drawn = groups.Where(g => !g.Plots.IsEmpty).ToImmutableArray();
        var rest = groups.RemoveRange(drawn).SelectMany(g => g.Rows).ToImmutableArray();
        return rest.IsEmpty ? drawn : drawn.Add(new(drawn.IsEmpty ? "All stages" : "Other stages", "runs-of-others", rest) { Plots = [] });
    }

    static Html Of(RunGroup group) => Html.Of($"""
        <h3>{group.Name}</h3>
        {group.Plots.Select(Plot.Figure)}{Configurations(group).ToHtml()}<details><summary>Each run: {group.Name}</summary>
        {Runs(group).ToHtml()}</details>

        """);

    static PageTable Configurations(RunGroup group) => new(
        $"{group.Id}-configurations", $"Configurations: {group.Name}",
        ["stage", .. group.Parameters, "n", .. group.Metrics.SelectMany(m => Headers(group, m)), "results", "failed", "last", "chosen"],
        [.. group.Rows.Select(r => Row(group, r))]);

    static string[] Headers(RunGroup group, string metric) =>
        group.Metrics.Length == 1 ? [metric, "95 %", "range"] : [metric, $"{metric}: 95 %", $"{metric}: range"];

    static PageRow Row(RunGroup group, ConfigurationRow row) => new(
    [
        PageCell.Of(row.Configuration.Stage), .. group.Parameters.Select(p => Parameter(row, p)),
        PageCell.Number(row.Configuration.Replicates.Length),
        .. group.Metrics.SelectMany(m => Statistics(row.Metrics.GetValueOrDefault(m))),
        PageCell.Number(row.Configuration.Distinct),
        row.Configuration.Failures.IsEmpty ? PageCell.Of("") : PageCell.Number(row.Configuration.Failures.Length),
        PageCell.When(row.Configuration.Last), PageCell.Of(row.State),
    ]);

    static PageCell Parameter(ConfigurationRow row, string name)
    {
        var text = row.Parameter(name) ?? "";
        return ConfigurationRow.TryNumber(text) is { } number ? PageCell.Number(text, number) : PageCell.Of(text);
    }

    // Of one value, or of none, there is no interval.
    static PageCell[] Statistics(Statistics? s) => s is null or { Count: 1 }
        ? [s is null ? PageCell.Of("") : PageCell.Number(Figure.Of(s.Mean), s.Mean), PageCell.Of(""), PageCell.Of("")]
        :
        [
            PageCell.Number($"{Figure.Of(s.Mean)} ± {Figure.Of(s.Deviation)}", s.Mean),
            PageCell.Number($"{Figure.Of(s.Low)} … {Figure.Of(s.High)}", s.Low),
            PageCell.Number($"{Figure.Of(s.Min)} … {Figure.Of(s.Max)}", s.Min),
        ];

    static PageTable Runs(RunGroup group) => new(
        $"{group.Id}-each", $"Runs: {group.Name}",
        ["stage", .. group.Parameters, "replicate", "attempt", "seed", .. group.Metrics, "took", "ended", "machine", "result", "remarks"],
        [
            .. group.Rows.SelectMany(row => row.Configuration.Runs.Select(r => (r.Run.Facts, Row: Row(group, row, r)))
                .Concat(row.Configuration.Failures.Select(f => (f.Facts, Row: Row(group, row, f))))
                .OrderBy(r => r.Facts.Order).Select(r => r.Row)),
        ]);

    static PageRow Row(RunGroup group, ConfigurationRow row, MeasuredRun run)
    {
        var adopted = run.Run.Adopted is { } from ? $", adopted: {from.Reason}" : "";
        return Row(group, row, run.Run.Facts, run.Values,
            [PageCell.Of(run.Run.Realization.Short + adopted), Remarks(row, run.Run.Reference().Digest)]);
    }

    static PageRow Row(RunGroup group, ConfigurationRow row, Failure failure) => Row(
        group, row, failure.Facts, ImmutableSortedDictionary<string, string>.Empty,
        [PageCell.Of($"failed: {failure.Reason}"), Remarks(row, failure.Reference().Digest)]);

    static PageCell Remarks(ConfigurationRow row, Digest run) => PageCell.Of(RunJson.Text(row.Configuration.NotesOf(run)));

    static PageRow Row(
        RunGroup group, ConfigurationRow row, RunFacts facts, ImmutableSortedDictionary<string, string> values, PageCell[] result) => new(
    [
        PageCell.Of(row.Configuration.Stage), .. group.Parameters.Select(p => Parameter(row, p)), PageCell.Number(facts.Replicate),
        PageCell.Number(facts.Attempt), facts.Seed is { } seed ? PageCell.Number(seed) : PageCell.Of(""),
        .. group.Metrics.Select(m => PageCell.Metric(values.GetValueOrDefault(m))), PageCell.Took(StagesSection.Took(facts)),
        PageCell.When(facts.End), PageCell.Of(facts.Host.Name), .. result,
    ]);
}

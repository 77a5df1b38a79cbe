using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>Machines and tools of the runs that the chosen results came from.</summary>
static class VersionsSection
{
    public static Html Of(ProjectReport report)
    {
        var runs = report.Trace.Results.Where(r => r.Run is not null).Select(r => (Stage: r.Stage ?? "?", r.Run!.Facts)).ToArray();
        return Html.Of($"""
            <section id="versions"><h2>Versions</h2>
            {new PageTable("host-table", "Machines on which the results were made",
                ["machine", "system", "platform", "processor", "cores", "sandbox", "Lightnix", "runs"],
                [.. runs.GroupBy(r => (r.Facts.Host, r.Facts.Sandbox)).Select(g => Row(g.Key.Host, g.Key.Sandbox, g.Count()))]).ToHtml()}
            {Tools(runs)}</section>

            """);
    }

    static PageRow Row(Host host, string sandbox, int runs) => new(
    [
        PageCell.Of(host.Name), PageCell.Of(host.System), PageCell.Of(host.Platform), PageCell.Of(host.Processor),
        PageCell.Number(host.Cores), PageCell.Of(sandbox), PageCell.Of(host.Lightnix), PageCell.Number(runs),
    ]);

    static Html Tools(IEnumerable<(string Stage, RunFacts Facts)> runs)
    {
        ImmutableArray<PageRow> rows =
        [
            .. from run in runs
               from tool in run.Facts.Tools
               group run.Stage by (tool.Key, tool.Value) into stages
               orderby stages.Key.Key, stages.Key.Value
               select new PageRow(
               [
                   PageCell.Of(stages.Key.Key), new(Html.Lines(stages.Key.Value)), PageCell.Number(stages.Distinct().Count()),
               ]),
        ];
        return rows.IsEmpty ? Html.None : new PageTable(
            "tool-table", "Programs that made the results, with what they print as their version", ["program", "version", "stages"], rows)
            .ToHtml();
    }
}

using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>The ends of logs, those of failed stages open.</summary>
static class LogsSection
{
    public static Html Of(ProjectReport report)
    {
        var logs = report.Stages.Where(s => s.Log is not null).ToArray();
        var leftOut = report.Stages.Count(s => s.IsLogLeftOut);
        if (logs.Length == 0)
            return Html.None;
        var rest = leftOut == 0 ? Html.None : Html.Of(
            $"<p>The logs of {leftOut} more stages are left out, they are long: <code>lightnix log STAGE</code> shows them.</p>\n");
        return Html.Of($"""
            <section id="logs"><h2>Logs</h2>
            <p>The last 200 lines of what each builder printed.</p>
            {logs.OrderByDescending(s => s.State).Select(Of)}{rest}</section>

            """);
    }

    static Html Of(ReportedStage stage)
    {
        var open = new Html(stage.State == StageState.Chosen ? "" : " open");
        return Html.Of($"""
            <details{open}><summary>{stage.Name} {StagesSection.State(stage.State)}</summary>
            <pre class="scroll" tabindex="0" aria-label="{"Log of " + stage.Name}" role="region">{Html.Lines(stage.Log!)}</pre></details>

            """);
    }
}

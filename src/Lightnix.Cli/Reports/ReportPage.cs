using System.Security.Cryptography;
using Lightnix.Building;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>The page of a report: one file that opens without a network.</summary>
sealed class ReportPage(ProjectReport report, DateTimeOffset now)
{
    static readonly ImmutableArray<(string Id, string Title)> Sections =
    [
        ("graph", "Graph"), ("stages", "Stages"), ("promises", "Promises"), ("runs", "Runs"), ("trace", "Origin"), ("logs", "Logs"),
        ("versions", "Versions"),
    ];

    string Title => Path.GetFileName(report.Project);

    public string Text()
    {
        var body = Html.Joined(
        [
            StagesSection.Graph(report.Graph), StagesSection.Stages(report), StagesSection.Promises(report), RunsSection.Of(report),
            TraceSection.Of(report), LogsSection.Of(report), VersionsSection.Of(report),
        ]);
        var script = PageBundle.Script;
        var links = Sections.Where(s => body.Text.Contains($"<section id=\"{s.Id}\"", StringComparison.Ordinal)).Select(Link);
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{new Html(Policy(script))}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="{$"lightnix {HostFacts.Here.Lightnix}"}">
            <title>{Title}: report</title>
            <style>{new Html(PageBundle.Style)}</style></head>
            <body><a class="skip" href="#main">Skip to the content</a>
            {Head()}
            <nav aria-label="Sections">{links}</nav>
            <main id="main">
            {body}</main>
            {Foot()}{(script is null ? Html.None : Html.Of($"<script>{new Html(script)}</script>\n"))}</body></html>

            """).Text;
    }

    /// <summary>The script of this page may run, and no other: its digest stands here.</summary>
    static string Policy(string? script)
    {
        var allowed = script is null ? "'none'"
            : $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}' 'wasm-unsafe-eval'";
        return $"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    }

    static Html Link((string Id, string Title) section) => Html.Of($"<a href=\"#{section.Id}\">{section.Title}</a> ");

    Html Head()
    {
        var states = string.Join(", ", report.Stages.GroupBy(s => s.State).OrderBy(g => g.Key)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {GraphTexts.Of(g.Key)}")));
        var versions = $"Lightnix {HostFacts.Here.Lightnix} with .NET {Environment.Version}";
        var newest = report.Newest is { End: var made } ? PageTexts.When(made) : Html.Of($"none");
        return Html.Of($"""
            <header><h1>{Title}</h1>
            <dl>
            <dt>Project</dt><dd>{report.Project}</dd>
            <dt>Stages</dt><dd>{states}</dd>
            <dt>Newest result</dt><dd>{newest}</dd>
            <dt>Its revision</dt><dd>{Revision()}</dd>
            {LastBuild()}<dt>Report</dt><dd>{PageTexts.When(now)} by {versions}</dd>
            </dl></header>
            """);
    }

    string Revision()
    {
        var own = report.Newest?.RevisionText ?? "not known: its run saw no git repository";
        var others = report.OtherRevisions.Length;
        return others == 0 ? own : $"{own}; other results are of {Quantities.Count(others, "other revision")}";
    }

    // One that ran nothing and chose nothing else is not remembered.
    Html LastBuild()
    {
        if (report.LastBuild is not { } build)
            return Html.None;
        var dirty = build.Dirty == true ? " (dirty)" : "";
        var revision = build.Revision is { } commit ? $", revision {commit}{dirty}" : "";
        return Html.Of($"<dt>Last build</dt><dd>{PageTexts.When(build.End)} by {build.Who}{revision}</dd>\n");
    }

    static Html Foot()
    {
        var licences = PageBundle.Licences is { } text
            ? Html.Of($"""
                <details><summary>Licences of the libraries in this page</summary>
                <pre class="scroll" tabindex="0" role="region" aria-label="Licences">{Html.Lines(text)}</pre></details>
                """)
            : Html.Of($"<p>This page has no drawing and no plots: lightnix was packed without their libraries (LNX5005).</p>");
        return Html.Of($"<footer><p>Times are UTC.</p>{licences}</footer>\n");
    }
}

using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>Configurations as a table for people, as lines with tabs, as CSV, and as JSON.</summary>
/// <param name="here">Projects that are meant; empty: no project is here, and rows name theirs.</param>
sealed class ConfigurationTable(ImmutableArray<ConfigurationRow> rows, ImmutableHashSet<string> here)
{
    readonly ImmutableArray<string> _metrics =
        [.. rows.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // On a terminal, parameters that are the same in all rows say nothing.
    readonly ImmutableArray<string> _parameters =
    [
        .. rows.SelectMany(r => r.Configuration.Derivation.Parameters.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(p => rows.Length == 1 || !Output.IsTerminal
                || rows.Select(r => r.Parameter(p)).Distinct(StringComparer.Ordinal).Skip(1).Any()),
    ];

    public void Show(bool csv)
    {
        if (Output.IsTerminal && !csv)
        {
            string[] titles =
            [
                "project", "stage", "resolved", .. _parameters, "n", .. _metrics.SelectMany(m => new[] { m, "95 %", "range" }),
                "results", "last", "state",
            ];
            Output.Rows(titles, Fitting(titles, [.. rows.Select(Brief)]));
            return;
        }
        string[] headers =
        [
            "stage", "resolved", .. _parameters, "n", "failed", "adopted", "distinct", "last", "chosen", "won", "project",
            .. _metrics.SelectMany(m => new[] { m, $"{m} deviation", $"{m} low", $"{m} high", $"{m} min", $"{m} max" }),
        ];
        Write(csv, headers, rows.Select(Complete));
    }

    public void ShowRuns(bool csv)
    {
        string[] headers =
            ["stage", .. _parameters, "replicate", "attempt", "seed", .. _metrics, "took", "ended", "host", "result", "adopted", "note"];
        var runs = rows.SelectMany(row => row.Configuration.Runs.Select(r => (r.Run.Facts, Cells: Run(row, r)))
            .Concat(row.Configuration.Failures.Select(f => (f.Facts, Cells: Run(row, f))))
            .OrderBy(r => r.Facts.Order).Select(r => r.Cells));
        Write(csv, headers, runs);
    }

    static ImmutableSortedDictionary<string, string> NoValues { get; } = ImmutableSortedDictionary<string, string>.Empty;

    string[] Run(ConfigurationRow row, MeasuredRun run) =>
        Run(row, run.Run.Facts, run.Values,
        Output.IsTerminal ? run.Run.Realization.Short : run.Run.Realization.ToString(), run.Run.Adopted?.Reason ?? "",
        row.Configuration.NotesOf(run.Run.Reference().Digest));

    string[] Run(ConfigurationRow row, Failure failure) =>
        Run(row, failure.Facts, NoValues, $"failed: {failure.Reason}", "", row.Configuration.NotesOf(failure.Reference().Digest));

    string[] Run(
        ConfigurationRow row, RunFacts facts, ImmutableSortedDictionary<string, string> values, string result, string adopted,
        ImmutableArray<Note> notes) =>
    [
        row.Configuration.Stage, .. _parameters.Select(p => row.Parameter(p) ?? ""), Text(facts.Replicate), Text(facts.Attempt),
        facts.Seed is { } seed ? Text(seed) : "", .. _metrics.Select(m => values.GetValueOrDefault(m) ?? ""),
        Output.Took(facts.Resumed?.Duration ?? facts.Duration), Output.When(facts.End), facts.Host.Name,
        result, adopted, RunJson.Text(notes),
    ];

    string[] Brief(ConfigurationRow row) =>
    [
        here.IsEmpty ? string.Join(", ", row.Configuration.Projects.Select(p => Path.GetFileNameWithoutExtension(p))) : "",
        row.Configuration.Stage, rows.Count(row.IsLike) > 1 ? row.Configuration.Resolved.Short : "",
        .. _parameters.Select(p => row.Parameter(p) ?? ""), Count(row.Configuration),
        .. _metrics.SelectMany(m => row.Metrics.TryGetValue(m, out var s)
            ? new[] { s.Count == 1 ? Figure.Of(s.Mean) : $"{Figure.Of(s.Mean)} ± {Figure.Of(s.Deviation)}",
                s.Count == 1 ? "" : $"{Figure.Of(s.Low)} … {Figure.Of(s.High)}",
                s.Count == 1 ? "" : $"{Figure.Of(s.Min)} … {Figure.Of(s.Max)}" }
            : NoStatistics),
        Text(row.Configuration.Distinct), Cell.Ago(row.Configuration.Last), State(row),
    ];

    string State(ConfigurationRow row) =>
        row.Configuration.IsChosen && !here.IsEmpty && !here.Overlaps(row.Configuration.Projects) ? "chosen elsewhere" : row.State;

    // A number that is broken into two lines reads as another: on a narrow terminal, ranges and then intervals are left out.
    static string[][] Fitting(string[] titles, string[][] lines)
    {
        foreach (var title in new[] { "range", "95 %", "results", "last" })
        {
            var width = titles.Select((t, i) => lines.Select(l => l[i].Length).DefaultIfEmpty(0).Max() is > 0 and var longest
                ? Math.Max(longest, t.Length) + 2 : 0).Sum();
            if (width <= Terminal.Width)
                break;
            foreach (var line in lines)
            {
                for (var i = 0; i < line.Length; i++)
                    line[i] = titles[i] == title ? "" : line[i];
            }
        }
        return lines;
    }

    static readonly string[] NoStatistics = ["", "", ""];

    static string Count(Configuration configuration)
    {
        var beside = new[] { (Count: configuration.Adopted, Word: "adopted"), (Count: configuration.Failures.Length, Word: "failed") }
            .Where(b => b.Count > 0).Select(b => $"{Text(b.Count)} {b.Word}").ToList();
        return Text(configuration.Replicates.Length) + (beside.Count == 0 ? "" : $" ({string.Join(", ", beside)})");
    }

    string[] Complete(ConfigurationRow row) =>
    [
        row.Configuration.Stage, row.Configuration.Resolved.ToString(), .. _parameters.Select(p => row.Parameter(p) ?? ""),
        Text(row.Configuration.Replicates.Length), Text(row.Configuration.Failures.Length), Text(row.Configuration.Adopted),
        Text(row.Configuration.Distinct), Output.Utc(row.Configuration.Last), row.Configuration.IsChosen ? "chosen" : "",
        string.Join(' ', row.Configuration.Won), string.Join(' ', row.Configuration.Projects),
        .. _metrics.SelectMany(m => row.Metrics.TryGetValue(m, out var s)
            ? Numbers(s).Select(n => n.Value ?? "") : Enumerable.Repeat("", NumbersOfMetric)),
    ];

    const int NumbersOfMetric = 6;

    // What is not known of one value is left out.
    static IEnumerable<(string Name, string? Value)> Numbers(Statistics statistics) =>
    [
        ("mean", Exact(statistics.Mean)), ("deviation", Exact(statistics.Deviation)), ("low", Exact(statistics.Low)),
        ("high", Exact(statistics.High)), ("min", Exact(statistics.Min)), ("max", Exact(statistics.Max)),
    ];

    static string? Exact(double value) => double.IsNaN(value) ? null : value.ToString("R", CultureInfo.InvariantCulture);

    public JsonValue.Array ToJson() => new([.. rows.Select(ToJson)]);

    static JsonValue.Object ToJson(ConfigurationRow row)
    {
        var c = row.Configuration;
        return JsonValue.Object.Empty.With("stage", c.Stage).With("resolved", c.Resolved.ToString())
            .With("derivation", c.Derivation.Reference().ToString()).WithOptional("parameters", c.Derivation.Parameters)
            .With("n", c.Replicates.Length).With("failed", c.Failures.Length).With("adopted", c.Adopted).With("distinct", c.Distinct)
            .With("last", Output.Utc(c.Last)).With("chosen", c.IsChosen)
            .WithOptional("won", JsonValue.Texts(c.Won).Items).WithOptional("projects", JsonValue.Texts(c.Projects).Items)
            .With("metrics", JsonValue.Object.Of(row.Metrics, ToJson))
            .With("runs", new JsonValue.Array([.. c.Runs.Select(r => ToJson(r).WithNotes(c.NotesOf(r.Run.Reference().Digest)))]))
            .WithOptional("failures", c.Failures.OrderBy(f => f.Facts.Order)
                .Select(f => RunJson.Of(f, c.NotesOf(f.Reference().Digest))));
    }

    static JsonValue.Object ToJson(Statistics statistics) =>
        Numbers(statistics).Aggregate(JsonValue.Object.Empty.With("n", statistics.Count), (json, n) => json.WithOptional(n.Name, n.Value));

    static JsonValue.Object ToJson(MeasuredRun run)
    {
        var facts = run.Run.Facts;
        var json = JsonValue.Object.Empty.With("run", run.Run.Reference().ToString()).With("realization", run.Run.Realization.ToString())
            .With("replicate", facts.Replicate).With("attempt", facts.Attempt).With("order", facts.Order)
            .With("start", Output.Utc(facts.Start)).With("end", Output.Utc(facts.End)).With("host", facts.Host.Name)
            .WithOptional("metrics", run.Values).WithAdoption(run.Run.Adopted);
        return facts.Seed is { } seed ? json.With("seed", seed) : json;
    }

    static void Write(bool csv, string[] headers, IEnumerable<string[]> lines)
    {
        if (!csv)
        {
            Output.Rows(headers, lines);
            return;
        }
        foreach (var line in lines.Prepend(headers).Select(line => string.Join(',', line.Select(Quoted))))
            Output.Write(() => Output.Out.WriteLine(Output.IsTerminal ? Visible.Text(line) : line));
    }

    // RFC 4180.
    static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

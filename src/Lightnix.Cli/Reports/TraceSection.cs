using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>Where each chosen result came from. Each result is described once, and the results that it was made from are links.</summary>
static class TraceSection
{
    public static Html Of(ProjectReport report) => Html.Of($"""
        <section id="trace"><h2>Where the results came from</h2>
        <p>Each result with its run, its recipe and its sources. The results that it was made from are links.</p>
        {report.Trace.Results.OrderBy(r => r.Stage, StringComparer.OrdinalIgnoreCase).Select(r => Of(report.Trace, r))}</section>

        """);

    static Html Of(Trace trace, TracedResult result)
    {
        var metric = result.ChosenBy.Select(c => c.Metric).FirstOrDefault(m => m is not null) is { } text ? $", {Figure.Of(text)}" : "";
        return Html.Of($"""
            <details id="{Anchor(result.Reference)}"><summary>{Name(result)} <code>{result.Reference.Short}</code>{metric}</summary>
            <dl>
            {Facts(trace, result)}</dl></details>

            """);
    }

    static string Name(TracedResult result) => result.Stage ?? "a stage that is not known any more";

    static IEnumerable<Html> Facts(Trace trace, TracedResult result)
    {
        yield return Fact("chosen by", string.Join(", ", result.ChosenBy.Select(c => Path.GetFileName(c.Project)).Distinct()));
        if (result.Run is { Facts: var facts } run)
        {
            var seed = facts.Seed is { } s ? string.Create(CultureInfo.InvariantCulture, $", seed {s}") : "";
            var took = Durations.Text(StagesSection.Took(facts)) + Output.Tries(facts);
            yield return Fact("made", Html.Of(
                $"{PageTexts.When(facts.End)} on {facts.Host.Name} in {took}, replicate {facts.Replicate}{seed}"));
            yield return Fact("adopted", run.Adopted is { } adopted ? $"from {adopted.From.Short} by {adopted.Who}: {adopted.Reason}" : "");
            yield return Fact("revision", facts.RevisionText ?? "");
            yield return Fact("remarks", RunJson.Text(result.Notes));
        }
        if (result.Derivation is { } derivation)
        {
            foreach (var field in derivation.Builder.Fields.Where(f => f.Value is not null))
                yield return Fact(field.Title, Html.Of($"<pre>{Html.Lines(field.Value!)}</pre>"));
            yield return Fact("parameters", string.Join(", ", derivation.Parameters.Select(p => $"{p.Key} = {p.Value}")));
            yield return Fact("environment", string.Join(", ", derivation.Environment.Select(e => $"{e.Key} = {e.Value}")));
            yield return Fact("sources", Html.Joined(
                derivation.Sources.Select(s => Html.Of($"{s.Path.ToString()} <code>{s.Content.Short}</code>")), "<br>"));
        }
        yield return Fact("made from", Html.Joined(result.Inputs.Select(i => Input(trace, i)), ", "));
        var gone = result.IsPresent ? "" : ", not in the store any more";
        yield return Fact("result", Html.Of($"<code>{result.Reference.ToString()}</code>{gone}"));
    }

    static Html Input(Trace trace, TracedInput input) => trace.Find(input.Realization) is null
        ? Html.Of($"{input.At} <code>{input.Realization.Short}</code>")
        : Html.Of($"<a href=\"#{Anchor(input.Realization)}\">{input.At} <code>{input.Realization.Short}</code></a>");

    static string Anchor(Reference<Realization> realization) => $"result-{realization}";

    static Html Fact(string name, string text) => Fact(name, Html.Escaped(text));

    static Html Fact(string name, Html content) =>
        content.Text.Length == 0 ? Html.None : Html.Of($"<dt>{name}</dt><dd>{content}</dd>\n");
}

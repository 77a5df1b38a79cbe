using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>A trace as JSON, with the fields of docs/cli.md.</summary>
static class TraceJson
{
    public static JsonValue.Object Of(NamedContent named, Trace trace) => JsonValue.Object.Empty
        .With("name", named.Name)
        .WithOptional("places", named.Places.Select(p => JsonValue.Object.Empty
            .With("content", p.Content.ToString()).With("tree", p.Tree.ToString()).With("path", p.Path.ToString())))
        .With("roots", JsonValue.Texts(named.Results.Select(r => r.Reference().ToString())))
        .With("results", new JsonValue.Array([.. trace.Results.Select(Of)]));

    static JsonValue.Object Of(TracedResult result)
    {
        var json = JsonValue.Object.Empty.With("realization", result.Reference.ToString())
            .With("resolved", result.Realization.Resolved.ToString()).With("tree", result.Realization.Tree.ToString())
            .With("present", result.IsPresent).WithOptional("stage", result.Stage)
            .WithOptional("chosenBy", result.ChosenBy.Select(c => JsonValue.Object.Empty.With("project", c.Project).With("stage", c.Stage)
                .WithOptional("metric", c.Metric)))
            .WithOptional("inputs", result.Inputs.Select(i => JsonValue.Object.Empty.With("at", i.At)
                .With("realization", i.Realization.ToString())));
        if (result.Run is { } run)
            json = json.With("run", run.Reference().ToString()).With("runRecord", run.ToJson()).WithNotes(result.Notes);
        return result.Derivation is { } derivation ? json.With("derivation", derivation.ToJson()) : json;
    }
}

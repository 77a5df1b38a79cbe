using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>Comparisons as JSON, with the fields of docs/cli.md.</summary>
static class ComparisonJson
{
    public static JsonValue.Object Of(Comparison comparison) => JsonValue.Object.Empty
        .With("before", Of(comparison.Before)).With("now", Of(comparison.Now)).With("same", comparison.IsSame)
        .WithOptional("declared", comparison.Declared.Select(c => c.ToJson())).WithOptional("seen", comparison.Seen.Select(c => c.ToJson()))
        .WithOptional("upstream", comparison.Upstream
            .Select(c => c.Cause!.ToJson().With("stages", JsonValue.Texts(c.Stages.Select(s => s.ToString())))))
        .WithOptional("files", comparison.Files.Select(f => f.ToJson())).WithOptional("facts", comparison.Facts.Select(c => c.ToJson()));

    public static JsonValue.Object Of(StageChange change) => JsonValue.Object.Empty.With("stage", change.Stage)
        .WithOptional("before", Of(change.Before)).WithOptional("now", Of(change.Now));

    public static JsonValue.Object? Of(Choice? choice) => choice is null ? null : JsonValue.Object.Empty
        .With("derivation", choice.Derivation.ToString())
        .With("results", new JsonValue.Array([.. choice.Results.Select(r => JsonValue.Object.Empty
            .With("realization", r.Realization.ToString()).With("tree", r.Tree.ToString()).WithOptional("metric", r.Metric))]));

    static JsonValue.Object Of(Comparand side) => JsonValue.Object.Empty.With("name", side.Label)
        .WithOptional("derivation", side.Derivation?.Reference().ToString())
        .WithOptional("realization", side.Realization?.Reference().ToString()).WithOptional("run", side.Run?.Reference().ToString())
        .WithOptional("metric", side.Metric?.Text);
}

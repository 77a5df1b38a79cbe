using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>What is known of the variance of a stage as JSON, with the fields of docs/cli.md.</summary>
static class VarianceJson
{
    public static JsonValue.Object Of(Variance variance, string name) => JsonValue.Object.Empty
        .With("name", name).WithOptional("stage", variance.Stage).With("resolved", variance.Resolved.ToString())
        .With("verdict", VarianceText.Word(variance.Verdict)).With("attempts", variance.Runs.Count())
        .With("seeds", variance.Groups.Length).With("repeated", variance.Repeated)
        .With("machines", JsonValue.Texts(variance.Machines)).With("adopted", variance.Adopted)
        .With("runs", new JsonValue.Array([.. variance.Runs.OrderBy(r => r.Facts.Order).Select(Of)]))
        .With("resumed", new JsonValue.Array(
            [.. variance.Resumed.Select(r => WithFlag(Of(r), "same", variance.IsAsWithoutInterruption(r)))]))
        .With("files", new JsonValue.Array([.. variance.Files.Select(Of)])).With("same", variance.Same);

    static JsonValue.Object Of(VaryingFile file)
    {
        var json = WithFlag(WithFlag(JsonValue.Object.Empty.With("path", file.Path.ToString()), "sameSeed", file.SameSeed), "otherSeed",
            file.OtherSeed).With("before", file.Before.Reference().ToString()).With("now", file.Now.Reference().ToString());
        return file.Offset is { } offset ? json.With("offset", offset) : json;
    }

    static JsonValue.Object Of(Run run)
    {
        var json = JsonValue.Object.Empty.With("run", run.Reference().ToString()).With("tree", run.Tree.ToString())
            .With("replicate", run.Facts.Replicate).With("attempt", run.Facts.Attempt).With("host", run.Facts.Host.Name);
        return run.Facts.Seed is { } seed ? json.With("seed", seed) : json;
    }

    // Left out where it is not known.
    static JsonValue.Object WithFlag(JsonValue.Object json, string name, bool? value) => value is { } known ? json.With(name, known) : json;
}

using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>A graph as JSON, with the fields of docs/cli.md.</summary>
static class GraphJson
{
    public static JsonValue.Object Of(ProjectGraph graph) => JsonValue.Object.Empty
        .With("project", graph.Project)
        .With("nodes", new JsonValue.Array([.. graph.Nodes.Select(Of)]))
        .With("edges", new JsonValue.Array(
            [.. graph.Edges.Select(e => JsonValue.Object.Empty.With("from", e.From).With("to", e.To))]));

    static JsonValue.Object Of(GraphNode node) => JsonValue.Object.Empty
        .With("name", node.Name).WithOptional("axes", JsonValue.Texts(node.Axes).Items)
        .With("stages", new JsonValue.Array([.. node.Stages.Select(Of)]));

    static JsonValue.Object Of(GraphStage stage) => JsonValue.Object.Empty
        .With("stage", stage.Name).WithOptional("kind", stage.Kind.Length == 0 ? null : stage.Kind)
        .With("state", GraphTexts.Of(stage.State)).WithOptional("metric", stage.Metric)
        .WithOptional("parameters", stage.Parameters)
        .WithOptional("inputs", JsonValue.Texts(stage.Inputs).Items);
}

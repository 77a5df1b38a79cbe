using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>A graph as the text of Graphviz. Each node is a line, so that the page of a report opens a matrix by another line.</summary>
sealed class GraphDot(ProjectGraph graph)
{
    readonly ImmutableDictionary<string, string> _ids = graph.Nodes.Select((n, i) => (n.Name, Id: $"n{i + 1}"))
        .ToImmutableDictionary(n => n.Name, n => n.Id, StringComparer.Ordinal);

    /// <summary>The lines before the nodes.</summary>
    public static string Head { get; } = """
        digraph {
          graph [rankdir=LR splines=polyline bgcolor=transparent ranksep=0.4 nodesep=0.15]
          node [shape=box style="rounded,filled" fontname="Helvetica" fontsize=12 margin="0.12,0.06"]
          edge [arrowsize=0.6]

        """;

    public string Text => Head + string.Concat(graph.Nodes.Select(Closed)) + Edges + "}\n";

    public string Edges => string.Concat(graph.Edges.Select(e => $"  {IdOf(e.From)} -> {IdOf(e.To)}\n"));

    /// <summary>The name of a node in this text: a name of a stage may have a colon.</summary>
    public string IdOf(string node) => _ids[node];

    public string Closed(GraphNode node) =>
        $"  {IdOf(node.Name)} [label=\"{string.Join("\\n", GraphTexts.LinesOf(node).Select(Quoted))}\" {Look(node)}]\n";

    /// <summary>A matrix as a table of its cells.</summary>
    public string Opened(GraphNode node) =>
        $"  {IdOf(node.Name)} [shape=plain style=\"\" class=\"matrix\" label=<{MatrixDot.Table(node)}>]\n";

    static string Look(GraphNode node) =>
        $"class=\"{Class(node)}\" fillcolor=\"{Colour(GraphTexts.Worst(node))}\" tooltip=\"{Quoted(Visible.Text(node.Name))}\""
        + (node.IsMatrix ? " peripheries=2" : "") + Shape(node);

    static string Class(GraphNode node) => GraphTexts.Of(GraphTexts.Worst(node)).Replace(' ', '-') + (node.IsMatrix ? " matrix" : "");

    static string Shape(GraphNode node) => node switch
    {
        { IsForeign: true } => " style=\"rounded,filled,dashed\"",
        { Kind: "import" or "download" } => " shape=folder style=filled",
        { Kind: "choice" } => " shape=hexagon style=filled margin=\"0,0\"",
        _ => "",
    };

    /// <summary>Light, so that black text is readable on it.</summary>
    public static string Colour(StageState state) => state switch
    {
        StageState.Chosen => "#e3f1e6",
        StageState.Broken => "#fdecc8",
        StageState.Failed => "#fbdcd9",
        _ => "#eeeeee",
    };

    static string Quoted(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}

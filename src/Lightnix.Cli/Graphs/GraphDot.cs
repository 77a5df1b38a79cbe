using System.Security;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>A graph as the text of Graphviz. Each node is a text of its own, so that the page of a report opens a matrix by another one.</summary>
sealed class GraphDot(ProjectGraph graph)
{
    // Cells of a matrix with one axis, side by side.
    const int Widest = 10;

    readonly ImmutableDictionary<string, string> _ids = graph.Nodes.Select((n, i) => (n.Name, Id: $"n{i + 1}"))
        .ToImmutableDictionary(n => n.Name, n => n.Id, StringComparer.Ordinal);

    /// <summary>The lines before the nodes.</summary>
    public static string Head { get; } = """
        digraph {
          graph [rankdir=LR splines=polyline bgcolor=transparent ranksep=0.4 nodesep=0.15]
          node [shape=box style="rounded,filled" fontname="Helvetica,Arial,sans-serif" fontsize=11 margin="0.12,0.06"]
          edge [arrowsize=0.6]

        """;

    public string Text => Head + string.Concat(graph.Nodes.Select(Closed)) + Edges + "}\n";

    public string Edges => string.Concat(graph.Edges.Select(e => $"  {IdOf(e.From)} -> {IdOf(e.To)}\n"));

    /// <summary>The name of a node in this text: a name of a stage may have a colon.</summary>
    public string IdOf(string node) => _ids[node];

    public string Closed(GraphNode node) =>
        $"  {IdOf(node.Name)} [label=\"{string.Join("\\n", GraphTexts.LinesOf(node).Select(Quoted))}\" {Look(node)}]\n";

    /// <summary>A matrix as a table of its cells: the last axis goes to the right.</summary>
    public string Opened(GraphNode node)
    {
        var rows = new StringBuilder();
        var across = node.Axes[^1];
        var columns = node.Axes.Length == 1 ? [] : node.Stages.Select(s => s.Parameters[across]).Distinct().ToArray();
        rows.Append(CultureInfo.InvariantCulture,
            $"<tr><td colspan=\"{Math.Max(columns.Length + 1, Widest)}\" border=\"0\"><b>{Escaped(node.Name)}</b> {Escaped(GraphTexts.CellsOf(node))}</td></tr>");
        if (columns.Length == 0)
        {
            foreach (var chunk in node.Stages.Chunk(Widest))
                rows.Append(Row(chunk.Select(s => Cell(s, s.Parameters[across]))));
        }
        else
        {
            rows.Append(Row(columns.Prepend(across).Select(c => $"<td border=\"0\">{Escaped(c)}</td>")));
            foreach (var row in node.Stages.GroupBy(s => string.Join(", ", node.Axes[..^1].Select(a => s.Parameters[a]))))
            {
                var cells = columns.Select(c => row.FirstOrDefault(s => s.Parameters[across] == c) is { } stage
                    ? Cell(stage, stage.Metric is null ? GraphTexts.Of(stage.State) : Figure.Of(stage.Metric)) : "<td></td>");
                rows.Append(Row(cells.Prepend($"<td border=\"0\">{Escaped(row.Key)}</td>")));
            }
        }
        return $"  {IdOf(node.Name)} [shape=plain style=\"\" class=\"matrix\" label=<<table border=\"1\" cellborder=\"1\" cellspacing=\"2\">"
            + $"{rows}</table>>]\n";
    }

    static string Row(IEnumerable<string> cells) => $"<tr>{string.Concat(cells)}</tr>";

    static string Cell(GraphStage stage, string text) =>
        $"<td bgcolor=\"{Colour(stage.State)}\" title=\"{Escaped($"{stage.Name}: {GraphTexts.Of(stage.State)}")}\" href=\"#{Anchor(stage.Name)}\">"
        + $"{Escaped(text)}</td>";

    static string Look(GraphNode node) =>
        $"class=\"{Class(node)}\" fillcolor=\"{Colour(GraphTexts.Worst(node))}\" tooltip=\"{Quoted(Visible.Text(node.Name))}\""
        + (node.IsMatrix ? " peripheries=2" : "") + Shape(node);

    static string Class(GraphNode node) => GraphTexts.Of(GraphTexts.Worst(node)).Replace(' ', '-') + (node.IsMatrix ? " matrix" : "");

    static string Shape(GraphNode node) => node switch
    {
        { IsForeign: true } => " style=\"rounded,filled,dashed\"",
        { Kind: "import" or "download" } => " shape=folder style=filled",
        { Kind: "choice" } => " shape=hexagon style=filled",
        _ => "",
    };

    /// <summary>Light, so that black text is readable on it.</summary>
    static string Colour(StageState state) => state switch
    {
        StageState.Chosen => "#e3f1e6",
        StageState.Broken => "#fdecc8",
        StageState.Failed => "#fbdcd9",
        _ => "#eeeeee",
    };

    /// <summary>Where the page of a report describes a stage.</summary>
    public static string Anchor(string stage) => "stage-" + stage.Replace(':', '.');

    static string Quoted(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    static string Escaped(string text) => SecurityElement.Escape(Visible.Text(text))!;
}

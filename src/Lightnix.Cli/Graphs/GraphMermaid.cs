using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>A graph as the text of Mermaid, which GitHub and GitLab draw in Markdown.</summary>
static class GraphMermaid
{
    public static string Of(ProjectGraph graph)
    {
        var ids = graph.Nodes.Select((n, i) => (n.Name, Id: $"n{i + 1}")).ToDictionary(n => n.Name, n => n.Id, StringComparer.Ordinal);
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in graph.Nodes)
            text.Append(CultureInfo.InvariantCulture, $"  {ids[node.Name]}{Shaped(node)}:::{Class(GraphTexts.Worst(node))}\n");
        foreach (var edge in graph.Edges)
            text.Append(CultureInfo.InvariantCulture, $"  {ids[edge.From]} --> {ids[edge.To]}\n");
        return text.Append("""
              classDef chosen fill:#e3f1e6,stroke:#2b7a3d,color:#000
              classDef broken fill:#fdecc8,stroke:#9a6700,color:#000
              classDef failed fill:#fbdcd9,stroke:#b42318,color:#000
              classDef none fill:#eee,stroke:#777,color:#000,stroke-dasharray:4

            """).ToString();
    }

    static string Shaped(GraphNode node)
    {
        var label = $"\"{string.Join("<br/>", GraphTexts.LinesOf(node).Select(Escaped))}\"";
        return node switch
        {
            { IsMatrix: true } => $"[[{label}]]",
            { Kind: "import" or "download" } => $"[({label})]",
            { Kind: "choice" } => $"{{{{{label}}}}}",
            _ => $"({label})",
        };
    }

    static string Class(StageState state) => state == StageState.NotBuilt ? "none" : GraphTexts.Of(state);

    // Mermaid has entities of its own: a hash, a number and a semicolon.
    static string Escaped(string text) => string.Concat(text.Select(c => IsPlain(c) ? c.ToString() : $"#{(int)c};"));

    static bool IsPlain(char c) => char.IsLetterOrDigit(c) || " .,-_×".Contains(c, StringComparison.Ordinal);
}

using System.CommandLine;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary><c>lightnix graph</c>: the stages of a project and what they read, for people, Mermaid, Graphviz or programs.</summary>
static class GraphCommand
{
    public static Command Create()
    {
        var mermaid = new Option<bool>("--mermaid") { Description = "As Mermaid text, for Markdown" };
        var dot = new Option<bool>("--dot") { Description = "As Graphviz text: lightnix graph --dot | dot -Tsvg" };
        return CommandAction.Create(
            "graph", "The stages of a project, their states and what they read; a matrix is one node", [mermaid, dot],
            (p, context) =>
            {
                var forms = new[] { p.GetValue(mermaid), p.GetValue(dot), context.IsJson }.Count(f => f);
                if (forms > 1)
                    throw new MistakeException("--mermaid, --dot and --json cannot be given together: write one of them");
                var graph = new GraphQuery(context.Store).Of(OneRoot.Of(context));
                if (context.IsJson)
                    Output.Json(GraphJson.Of(graph));
                else if (p.GetValue(mermaid))
                    Print(GraphMermaid.Of(graph));
                else if (p.GetValue(dot))
                    Print(new GraphDot(graph).Text);
                else
                    Show(graph);
                return ExitCodes.Done;
            });
    }

    static void Print(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n'))
            Output.Line(line);
    }

    static void Show(ProjectGraph graph)
    {
        var reads = graph.Edges.ToLookup(e => e.To, e => e.From);
        Output.Rows(["stage", "kind", "state", "cells", "reads"], graph.Nodes.Select(n => new[]
        {
            n.Name, n.Kind, GraphTexts.StateOf(n), GraphTexts.CellsOf(n), string.Join(", ", reads[n.Name]),
        }));
    }
}

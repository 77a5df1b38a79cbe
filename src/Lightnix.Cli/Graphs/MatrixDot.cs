using System.Security;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>The cells of a matrix as a table of Graphviz, which looks like HTML: the last axis goes to the right.</summary>
static class MatrixDot
{
    // Cells of a matrix with one axis, side by side.
    const int Widest = 10;

    public static string Table(GraphNode node)
    {
        var across = node.Axes[^1];
        var grid = node.Axes.Length == 1
            ? node.Stages.Chunk(Widest).Select(chunk => chunk.Select(s => Cell(s, $"{s.Parameters[across]}: {Outcome(s)}")))
            : Grid(node, across, [.. node.Stages.Select(s => s.Parameters[across]).Distinct(StringComparer.Ordinal)]);
        string[][] all = [.. grid.Select(r => r.ToArray())];
        var title = $"<td border=\"0\" colspan=\"{all.Max(r => r.Length)}\">";
        var rows = Row([$"{title}<b>{Escaped(node.Name)}</b></td>"]) + Row([$"{title}{Escaped(GraphTexts.CellsOf(node))}</td>"]);
        return $"<table border=\"1\" cellborder=\"1\" cellspacing=\"2\" cellpadding=\"4\">{rows}{string.Concat(all.Select(Row))}</table>";
    }

    static IEnumerable<IEnumerable<string>> Grid(GraphNode node, string across, ImmutableArray<string> columns)
    {
        yield return columns.Prepend($"{string.Join(", ", node.Axes[..^1])} / {across}").Select(Head);
        foreach (var row in node.Stages.GroupBy(s => string.Join(", ", node.Axes[..^1].Select(a => s.Parameters[a]))))
        {
            var cells = columns.Select(c => row.FirstOrDefault(s => s.Parameters[across] == c) is { } stage
                ? Cell(stage, Outcome(stage)) : "<td></td>");
            yield return cells.Prepend(Head(row.Key));
        }
    }

    static string Outcome(GraphStage stage) =>
        stage.State == StageState.Chosen && stage.Metric is { } metric ? Figure.Of(metric) : GraphTexts.Of(stage.State);

    static string Row(IEnumerable<string> cells) => $"<tr>{string.Concat(cells)}</tr>";

    static string Head(string text) => $"<td border=\"0\">{Escaped(text)}</td>";

    static string Cell(GraphStage stage, string text)
    {
        var title = Escaped($"{stage.Name}: {GraphTexts.Of(stage.State)}");
        return $"<td bgcolor=\"{GraphDot.Colour(stage.State)}\" title=\"{title}\" href=\"#{GraphTexts.Anchor(stage.Name)}\">"
            + $"{Escaped(text)}</td>";
    }

    static string Escaped(string text) => SecurityElement.Escape(Visible.Text(text))!;
}

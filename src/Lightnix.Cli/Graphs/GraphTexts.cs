using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>Words about nodes of a graph.</summary>
static class GraphTexts
{
    /// <summary><c>chosen</c>, <c>broken</c>, <c>failed</c> or <c>not built</c>.</summary>
    public static string Of(StageState state) => state switch
    {
        StageState.Chosen => "chosen",
        StageState.Broken => "broken",
        StageState.Failed => "failed",
        _ => "not built",
    };

    /// <summary>Of a matrix, how many cells have each state, as <c>298 chosen, 2 failed</c>.</summary>
    public static string StateOf(GraphNode node) => node.IsMatrix
        ? string.Join(", ", node.States.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Count} {Of(s.State)}")))
        : Of(node.Stages[0].State);

    /// <summary>Of a matrix, as <c>6 cells: rate × depth</c>.</summary>
    public static string CellsOf(GraphNode node) => node.IsMatrix
        ? string.Create(CultureInfo.InvariantCulture, $"{node.Stages.Length} cells: {string.Join(" × ", node.Axes)}") : "";

    /// <summary>The state that is worst: it colours the box of a matrix.</summary>
    public static StageState Worst(GraphNode node) =>
        node.Stages.Select(s => s.State).FirstOrDefault(s => s != StageState.Chosen, StageState.Chosen);

    /// <summary>The lines of its box.</summary>
    public static ImmutableArray<string> LinesOf(GraphNode node)
    {
        var stage = node.Stages[0];
        var metric = node.IsMatrix || stage.Metric is null ? "" : $", {Figure.Of(stage.Metric)}";
        return [.. new[] { node.Name, CellsOf(node), StateOf(node) + metric }.Where(l => l.Length > 0).Select(Visible.Text)];
    }

    /// <summary>Where the page of a report describes a stage.</summary>
    public static string Anchor(string stage) => "stage-" + stage.Replace(':', '.');
}

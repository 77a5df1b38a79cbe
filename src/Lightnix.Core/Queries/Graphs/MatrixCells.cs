namespace Lightnix.Queries;

/// <summary>Finds the cells of each matrix. Roots do not say which stages are cells, but their names do: they end with the values of some
/// of their parameters.</summary>
static class MatrixCells
{
    /// <summary>Nodes sorted by name.</summary>
    public static ImmutableArray<GraphNode> Group(IEnumerable<GraphStage> stages)
    {
        var groups = stages.ToLookup(PrefixOf, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. groups.SelectMany(g => g.Count() > 1 ? Matrix(g.Key, [.. g]) : g.Select(Alone))
                .OrderBy(n => n.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    static GraphNode Alone(GraphStage stage) => new(stage.Name, [], [stage]);

    // The orders of axes that fit a cell may be several, and one fits all cells.
    static IEnumerable<GraphNode> Matrix(string name, ImmutableArray<GraphStage> stages)
    {
        var best = stages.Take(2).SelectMany(s => AxisOrders.Of(s.Name[(name.Length + 1)..], s.Parameters))
            .Select(axes => (Axes: axes, Cells: stages.Count(s => Fits(s, name, axes)))).MaxBy(a => a.Cells);
        var cells = stages.Where(s => Fits(s, name, best.Axes)).Order(new ByAxes(best.Axes)).ToImmutableArray();
        return cells.Length > 1 ? stages.Except(cells).Select(Alone).Prepend(new(name, best.Axes, cells)) : stages.Select(Alone);
    }

    static bool Fits(GraphStage stage, string name, ImmutableArray<string> axes) =>
        axes.All(stage.Parameters.ContainsKey)
            && Planning.Matrix.NameOf(name, axes, stage.Parameters).Equals(stage.Name, StringComparison.OrdinalIgnoreCase);

    // The shortest: a cell of two axes fits with one axis too. Of a stage that is no cell, its name.
    static string PrefixOf(GraphStage stage)
    {
        for (var dash = stage.Name.IndexOf('-', StringComparison.Ordinal); dash >= 0; dash = stage.Name.IndexOf('-', dash + 1))
        {
            if (AxisOrders.Of(stage.Name[(dash + 1)..], stage.Parameters).Any())
                return stage.Name[..dash];
        }
        return stage.Name;
    }

    /// <summary>By the values of the axes: as numbers where both are numbers, else as texts.</summary>
    sealed class ByAxes(ImmutableArray<string> axes) : IComparer<GraphStage>
    {
        public int Compare(GraphStage? x, GraphStage? y) =>
            axes.Select(a => Compare(x!.Parameters[a], y!.Parameters[a])).FirstOrDefault(c => c != 0);

        static int Compare(string x, string y) =>
            double.TryParse(x, CultureInfo.InvariantCulture, out var a) && double.TryParse(y, CultureInfo.InvariantCulture, out var b)
                && a != b ? a.CompareTo(b) : string.CompareOrdinal(x, y);
    }
}

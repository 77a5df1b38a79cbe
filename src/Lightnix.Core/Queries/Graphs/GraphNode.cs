namespace Lightnix.Queries;

/// <summary>A stage, or all cells of a matrix.</summary>
/// <param name="Name">Of a matrix, the name that its cells have in common.</param>
/// <param name="Axes">Names of the parameters that make the cells, in the order of their names; empty: one stage.</param>
/// <param name="Stages">One stage, or the cells, sorted by the values of the axes.</param>
public sealed record GraphNode(string Name, ImmutableArray<string> Axes, ImmutableArray<GraphStage> Stages)
{
    public bool IsMatrix => !Axes.IsEmpty;

    public string Kind => Stages[0].Kind;

    /// <summary>True of a stage of another project.</summary>
    public bool IsForeign => Stages[0].IsForeign;

    /// <summary>How many stages have each state, in the order of the states.</summary>
    public IEnumerable<(StageState State, int Count)> States =>
        Stages.GroupBy(s => s.State).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()));
}

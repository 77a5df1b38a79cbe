namespace Lightnix.Queries;

/// <summary>A stage in a report.</summary>
/// <param name="Node">Name of its node in the graph: of a cell, the name of the matrix.</param>
/// <param name="Results">What was chosen, by the last build that could choose.</param>
/// <param name="Promises">What the chosen results keep.</param>
public sealed record ReportedStage(
    GraphStage Stage, string Node, ImmutableArray<ReportedResult> Results, ImmutableArray<ReportedPromise> Promises)
{
    public string Name => Stage.Name;

    public StageState State => Stage.State;

    /// <summary>What chose; null where no build could choose.</summary>
    public Matcher? Matcher { get; init; }

    /// <summary>Why its newest run failed; null where it completed, or where the last build could choose.</summary>
    public string? Failure { get; init; }

    /// <summary>The end of the log: of the newest failure, else of the run that gave the first result. Null: it printed nothing.</summary>
    public string? Log { get; init; }

    /// <summary>True where the log is left out because those of other stages are so long.</summary>
    public bool IsLogLeftOut { get; init; }
}

namespace Lightnix.Queries;

/// <summary>A stage of a graph.</summary>
/// <param name="Name">As placeholders name it; of another project, <c>project:stage</c>.</param>
/// <param name="Kind"><c>command</c>, <c>script</c>, <c>program</c>, <c>download</c>, <c>import</c> or <c>choice</c>; empty where it is
/// not known.</param>
/// <param name="Inputs">Names of the stages that it reads, sorted.</param>
public sealed record GraphStage(
    string Name, string Kind, StageState State, ImmutableSortedDictionary<string, string> Parameters, ImmutableArray<string> Inputs)
{
    /// <summary>The metric by which its first result was chosen, as the file has it; null: it has none.</summary>
    public string? Metric { get; init; }

    /// <summary>True of a stage of another project.</summary>
    public bool IsForeign => Name.Contains(':', StringComparison.Ordinal);
}

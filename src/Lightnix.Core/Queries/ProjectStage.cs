using Lightnix.Planning;

namespace Lightnix.Queries;

/// <summary>A stage of a project with what this build or the last one chose for it.</summary>
/// <param name="Choice">Null if there is none, or if a tree of it is not in the store.</param>
/// <param name="Files">Promised files that other tools use, under the paths where they find them.</param>
public sealed record ProjectStage(PlannedStage Stage, Choice? Choice, ImmutableArray<PromisedFile> Files)
{
    /// <summary>Promised numbers of the chosen results. A build leaves them out.</summary>
    public ImmutableArray<PromisedNumber> Numbers { get; init; } = [];
}

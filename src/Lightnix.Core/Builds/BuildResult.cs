using Lightnix.Queries;

namespace Lightnix.Builds;

/// <summary>What a build gave.</summary>
/// <param name="Succeeded">False if an error was reported.</param>
/// <param name="Stages">Every stage of the project that has a current choice, in the order of the plan.</param>
/// <param name="Ran">How many runs this build made.</param>
public sealed record BuildResult(bool Succeeded, ImmutableArray<ProjectStage> Stages, int Ran)
{
    public static BuildResult Failed { get; } = new(false, [], 0);

    /// <summary>Trees of intermediate stages that all readers in this project are realized from.</summary>
    public ImmutableArray<Reference<Tree>> Evictable { get; init; } = [];
    /// <summary>What projects that reference this one are given.</summary>
    public ImmutableArray<ReferencedStage> Exported { get; init; } = [];
}

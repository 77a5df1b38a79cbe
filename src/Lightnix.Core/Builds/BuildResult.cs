using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>What a build gave.</summary>
/// <param name="Succeeded">False when an error was diagnosed.</param>
/// <param name="Stages">Every stage of the project that has a current choice, in the order of the plan.</param>
/// <param name="Ran">Runs that this build made.</param>
public sealed record BuildResult(bool Succeeded, ImmutableArray<RealizedStage> Stages, int Ran)
{
    public static BuildResult Failed { get; } = new(false, [], 0);

    /// <summary>What other projects are given that reference this one.</summary>
    public ImmutableArray<ReferencedStage> Exported { get; init; } = [];
}

/// <summary>A stage with its choice.</summary>
/// <param name="TreeFolders">Absolute, in the store, in the order of the selection.</param>
public sealed record RealizedStage(PlannedStage Stage, Selection Selection, ImmutableArray<string> TreeFolders, ImmutableArray<PromisedFile> Files);

using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Realizing;

namespace Lightnix;

/// <summary>What a skin asks for: everything needed to build one project. All paths are absolute.</summary>
public sealed record PipelineRequest
{
    public required BuildOptions Options { get; init; }

    public required DeclaredProject Project { get; init; }

    public required string Store { get; init; }

    /// <summary>Where <c>bin/&lt;stage&gt;</c> links are made.</summary>
    public required string LinkFolder { get; init; }

    /// <summary>For files that can be made again, below <c>obj</c>.</summary>
    public required string IntermediateFolder { get; init; }

    /// <summary>Built programs, by the text of <c>Program</c> as declared (MSBuild escapes decoded): output folder, and the file name in it that <c>dotnet</c> runs.</summary>
    public IReadOnlyDictionary<string, (string Folder, string Entry)> Programs { get; init; } = ImmutableDictionary<string, (string, string)>.Empty;
}

/// <summary>What a build gave.</summary>
/// <param name="Succeeded">False when an error was diagnosed.</param>
/// <param name="Stages">Every stage of the project that has a current choice, in the order of the plan.</param>
public sealed record PipelineResult(bool Succeeded, ImmutableArray<RealizedStage> Stages)
{
    /// <summary>Runs that this build made.</summary>
    public int Ran { get; init; }
}

/// <summary>A stage with its choice.</summary>
/// <param name="TreeFolders">Absolute, in the store, in the order of the selection.</param>
public sealed record RealizedStage(PlannedStage Stage, Selection Selection, ImmutableArray<string> TreeFolders, ImmutableArray<PromisedFile> Files);

/// <summary>A promised file of a chosen realization; a promised folder gives one for each file in it.</summary>
/// <param name="File">Absolute, in the store.</param>
/// <param name="TargetPath">Where a copy goes, relative to an output folder; below <c>n/</c> when several realizations may be chosen.</param>
public sealed record PromisedFile(Promise Promise, string File, string TargetPath);

/// <summary>The composition root: planning, storage, building and realizing put together for a skin.</summary>
public static class Pipeline
{
    /// <summary>Builds, runs or plans. Events come from one thread at a time.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; what other runs finished is kept.</exception>
    public static Task<PipelineResult> RunAsync(PipelineRequest request, Action<BuildEvent> tell, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The hash of all derivations and matchers of the project, or null when there are errors (told as events). Runs nothing.</summary>
    public static string? ClosureHash(PipelineRequest request, Action<BuildEvent> tell) => throw new NotImplementedException();
}

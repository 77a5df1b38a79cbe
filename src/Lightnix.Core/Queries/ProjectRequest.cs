using Lightnix.Planning;
using Lightnix.Realizing;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Everything that is needed to build or query one project. All paths are absolute.</summary>
public sealed record ProjectRequest
{
    public required BuildOptions Options { get; init; }
    public required DeclaredProject Project { get; init; }
    public required string Store { get; init; }

    /// <summary>Stages of projects further down, from which stages of referenced projects were made.</summary>
    public ImmutableArray<ReferencedStage> Lineage { get; init; } = [];

    /// <summary>Where <c>bin/&lt;stage&gt;</c> links are made.</summary>
    public required string LinkFolder { get; init; }

    /// <summary>For files that can be made again, below <c>obj</c>.</summary>
    public required string IntermediateFolder { get; init; }

    /// <summary>The <c>dotnet</c> that runs programs and C# scripts; null: the one on the path.</summary>
    public string? DotnetHost { get; init; }

    /// <summary>The environment from which builders may get variables; null: that of this process.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>The folder of the store that the tool takes by itself; null where the environment is not known.</summary>
    internal string? ToolStore => Environment is null ? null : StorePath.OfTool(Environment);

    /// <summary>Built programs, as the stages declare them: output folder, and the file name in it that <c>dotnet</c> runs.</summary>
    public IReadOnlyDictionary<ProgramProject, (string Folder, string Entry)> Programs { get; init; } =
        ImmutableDictionary<ProgramProject, (string, string)>.Empty;

    /// <summary>Makes the files of an intermediate stage of another project again, in this build: given that project and the stage, true
    /// where its build succeeded. Null: that is not possible.</summary>
    public Func<string, StageName, Task<bool>>? MakeAgain { get; init; }

    /// <summary>How the store is written; null: by the system. For tests that stop it at a step.</summary>
    internal Disk? Disk { get; init; }

    /// <summary>The store, opened to look; one that is gone counts as empty.</summary>
    internal Store OpenReadOnly() => Lightnix.Storage.Store.OpenReadOnly(Store, new() { ToolStore = ToolStore });
}

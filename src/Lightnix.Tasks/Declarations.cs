using System.Collections;
using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Realizing;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>A task's parameters as values of the core.</summary>
sealed class Declarations(StagesTask task)
{
    readonly string _directory = Path.GetDirectoryName(task.ProjectFile) ?? task.ProjectFile;

    public ImmutableArray<DeclaredItem> Items { get; } =
    [
        .. task.Stages.Select((item, i) => Declare(ItemKind.Stage, item, i)),
        .. task.Sources.Select((item, i) => Declare(ItemKind.Source, item, i)),
        .. task.Promises.Select((item, i) => Declare(ItemKind.Promise, item, i)),
        .. task.Matchers.Select((item, i) => Declare(ItemKind.Matcher, item, i)),
    ];

    public string ProjectName => Path.GetFileNameWithoutExtension(task.ProjectFile);

    public string LinkFolder => Absolute(task.LinkDirectory);

    /// <summary>The files that the items are declared in, as MSBuild names them, the project first.</summary>
    public IEnumerable<string> DefiningFiles => Items
        .Select(DefiningFile)
        .Prepend(task.ProjectFile)
        .Where(file => file.Length > 0)
        .Distinct(StringComparer.Ordinal);

    public string DefiningFile(DeclaredItem item) => Original(item).GetMetadata(MetadataNames.DefiningProjectFullPath);

    public PipelineRequest Request(ImmutableArray<DeclaredItem> items, BuildMode mode, int cores) => new()
    {
        Options = new()
        {
            Mode = mode,
            ProjectFile = task.ProjectFile,
            Stages = StagePatterns.Split(task.Requested),
            MaxParallel = cores,
            KeepWorkspace = task.KeepWorkspace,
            Sandbox = task.Sandbox,
        },
        Project = new()
        {
            Name = ProjectName,
            Directory = _directory,
            File = task.ProjectFile,
            Items = items,
            NeverSources = [.. task.NeverSources.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Absolute)],
        },
        Store = Absolute(task.Store),
        LinkFolder = LinkFolder,
        IntermediateFolder = Absolute(task.IntermediateDirectory),
        DotnetHost = task.DotnetHost is { Length: > 0 } host ? host : null,
        Programs = Programs(),
    };

    /// <summary>Relative paths start at the project, whatever the current directory is: MSBuild runs several projects in one process.</summary>
    public string Absolute(string path) => Path.GetFullPath(OperatingSystem.IsWindows() ? path : path.Replace('\\', '/'), _directory);

    /// <summary>MSBuild's escapes stay in: the planner decodes what is not a lie, and a URL keeps its own.</summary>
    static DeclaredItem Declare(ItemKind kind, ITaskItem item, int ordinal)
    {
        var metadata = DeclaredItem.NoMetadata.ToBuilder();
        foreach (DictionaryEntry entry in ((ITaskItem2)item).CloneCustomMetadataEscaped())
        {
            if (entry is { Key: string name, Value: string { Length: > 0 } text })
                metadata[name] = text;
        }
        return new(kind, item.ItemSpec, metadata.ToImmutable(), ordinal);
    }

    ITaskItem Original(DeclaredItem item) => item.Kind switch
    {
        ItemKind.Stage => task.Stages[item.Ordinal],
        ItemKind.Source => task.Sources[item.Ordinal],
        ItemKind.Promise => task.Promises[item.Ordinal],
        ItemKind.Matcher => task.Matchers[item.Ordinal],
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.Kind, null),
    };

    /// <summary>Outputs are matched to declarations by full path: MSBuild may have turned a backslash of the declared one.</summary>
    Dictionary<ProgramProject, (string Folder, string Entry)> Programs()
    {
        var built = task.Programs.ToLookup(p => Of(p, Absolute(p.GetMetadata(MetadataNames.MSBuildSourceProjectFile))), p => p.ItemSpec);
        var programs = new Dictionary<ProgramProject, (string, string)>();
        foreach (var stage in task.Stages.Where(s => s.GetMetadata(Names.Program).Length > 0))
        {
            var declared = stage.GetMetadata(Names.Program);
            if (built[Of(stage, Absolute(declared))].FirstOrDefault() is { } assembly)
                programs[Of(stage, declared)] = (Path.GetDirectoryName(assembly)!, Path.GetFileName(assembly));
        }
        return programs;

        static ProgramProject Of(ITaskItem item, string project) => new(project, Text(item, Names.ProgramConfiguration), Text(item, Names.ProgramFramework));

        static string? Text(ITaskItem item, string name) => item.GetMetadata(name) is { Length: > 0 } text ? text : null;
    }
}

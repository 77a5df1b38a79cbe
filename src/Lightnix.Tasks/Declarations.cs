using System.Collections;
using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Projects;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Storage;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>A task's parameters as values of the core.</summary>
sealed class Declarations(StagesTask task)
{
    readonly string _directory = Path.GetDirectoryName(task.ProjectFile) ?? task.ProjectFile;

    // A project hands over its own stages, and those of others that they were made from.
    readonly ImmutableArray<(ReferencedStage Stage, bool IsOwn)> _received =
        [.. task.Received.Select(item => (ReferencedStageItems.Read(item), item.GetMetadata(MetadataNames.MSBuildSourceProjectFile))).Select(r => (r.Item1, r.Item1.Project == r.Item2))];

    public ImmutableArray<DeclaredItem> Items { get; } =
    [
        .. task.Stages.Select((item, i) => Declare(ItemKind.Stage, item, i)),
        .. task.Sources.Select((item, i) => Declare(ItemKind.Source, item, i)),
        .. task.Promises.Select((item, i) => Declare(ItemKind.Promise, item, i)),
        .. task.Matchers.Select((item, i) => Declare(ItemKind.Matcher, item, i)),
    ];

    public Switches Switches => new()
    {
        LockedMode = task.LockedMode,
        UseLockFile = task.UseLockFile,
        Verify = task.Verify,
        KeepWorkspace = task.KeepWorkspace,
        MaxParallel = task.MaxParallel,
        Sandbox = task.Sandbox,
        ProjectCache = task.ProjectCache,
        GenerateClass = task.GenerateClass,
        PlanTarget = task.PlanTarget,
    };

    public string ProjectName => Path.GetFileNameWithoutExtension(task.ProjectFile);

    public string LinkFolder => Absolute(task.LinkDirectory);

    string LockFile => task.LockFile.Length > 0 ? Absolute(task.LockFile) : LockFiles.PathOf(task.ProjectFile);

    /// <summary>The files that the items are declared in, as MSBuild names them, the project first.</summary>
    public IEnumerable<string> DefiningFiles => Items
        .Select(DefiningFile)
        .Prepend(task.ProjectFile)
        .Where(file => file.Length > 0)
        .Distinct(StringComparer.Ordinal);

    public string DefiningFile(DeclaredItem item) => Original(item).GetMetadata(MetadataNames.DefiningProjectFullPath);

    /// <summary>True where MSBuild says that <c>**</c> found it. Of other wildcards it says nothing.</summary>
    public bool IsFound(DeclaredItem item) => FoundBelow(item).Length > 0;

    /// <summary>The folders that <c>**</c> stands for in the item's path, with <c>/</c>; empty where it stands for none, and for other wildcards.</summary>
    public string FoundBelow(DeclaredItem item) => Original(item).GetMetadata(MetadataNames.RecursiveDir).Replace('\\', '/');

    public ProjectRequest Request(ImmutableArray<DeclaredItem> items, BuildMode mode, int cores) => new()
    {
        Options = new()
        {
            Mode = mode,
            PlanOf = task.PlanTarget.Equals("LightnixRun", StringComparison.OrdinalIgnoreCase) ? BuildMode.Run : BuildMode.Build,
            ProjectFile = task.ProjectFile,
            Stages = StagePatterns.Split(task.Requested),
            IsPart = Switches.Flag(task.IsPart) == true,
            MaxParallel = cores,
            KeepWorkspace = Switches.Flag(task.KeepWorkspace) == true,
            Verify = Switches.Flag(task.Verify) == true,
            Sandbox = task.Sandbox,
            Lock = new() { File = LockFile, Use = Switches.Flag(task.UseLockFile), Locked = Switches.Flag(task.LockedMode) == true, Update = StagePatterns.Split(task.Update) },
        },
        Project = new()
        {
            Name = ProjectName,
            Directory = _directory,
            File = task.ProjectFile,
            Items = items,
            References = [.. task.References.Select(r => new ReferencedProject(NameOf(r), Absolute(r.ItemSpec)))],
            HasMoreReferences = task.AllReferences.Count(r => r.GetMetadata(MetadataNames.Program) != "true") > task.References.Length,
            ReferencedStages = [.. _received.Where(r => r.IsOwn).Select(r => r.Stage)],
            Frameworks = task.ProgramFrameworks
                .Where(p => p.GetMetadata(MetadataNames.HasSingleTargetFramework) == "false")
                .DistinctBy(p => Absolute(p.ItemSpec))
                .ToImmutableSortedDictionary(p => Absolute(p.ItemSpec), p => p.GetMetadata(MetadataNames.TargetFrameworks).Split(';', StringSplitOptions.RemoveEmptyEntries).ToImmutableArray(), StringComparer.Ordinal),
            NeverSources = [.. task.NeverSources.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Absolute), Store],
            LockFile = LockFile,
        },
        Store = Store,
        Lineage = [.. _received.Where(r => !r.IsOwn).Select(r => r.Stage)],
        LinkFolder = LinkFolder,
        IntermediateFolder = Absolute(task.IntermediateDirectory),
        DotnetHost = task.DotnetHost is { Length: > 0 } host ? host : null,
        Programs = Programs(),
        Environment = task.TaskEnvironment.GetEnvironmentVariables(),
    };

    /// <summary>Relative paths start at the project, whatever the current directory is: MSBuild runs several projects in one process.</summary>
    public string Absolute(string path) => Absolute(path, _directory);

    /// <summary>As it is meant: MSBuild turns the backslashes of its own defaults only where there is such a folder.</summary>
    public static string Absolute(string path, string directory) => Path.GetFullPath(OperatingSystem.IsWindows() ? path : path.Replace('\\', '/'), directory);

    /// <summary>MSBuild's escapes stay in: the planner decodes what is not a lie, and a URL keeps its own.</summary>
    static DeclaredItem Declare(ItemKind kind, ITaskItem item, int ordinal)
    {
        var metadata = DeclaredItem.NoMetadata.ToBuilder();
        foreach (DictionaryEntry entry in ((ITaskItem2)item).CloneCustomMetadataEscaped())
        {
            // What MSBuild builds is found by the path that MSBuild reads.
            if (entry is { Key: string name, Value: string { Length: > 0 } text })
                metadata[name] = string.Equals(name, Names.Program, StringComparison.OrdinalIgnoreCase) ? ProjectCollection.Escape(item.GetMetadata(name)) : text;
        }
        return new(kind, item.ItemSpec, metadata.ToImmutable(), ordinal);
    }

    string Store => Absolute(StorePath.Expand(task.Store, task.TaskEnvironment.GetEnvironmentVariable(StorePath.HomeVariable)));

    static string NameOf(ITaskItem reference) => reference.GetMetadata(MetadataNames.Name) is { Length: > 0 } name ? name : Path.GetFileNameWithoutExtension(reference.ItemSpec);

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

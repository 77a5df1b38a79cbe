using System.Collections;
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
    readonly ProjectDescription _project = new(task.Project);

    public ImmutableArray<DeclaredItem> Items { get; } =
    [
        .. task.Stages.Select((item, i) => Declare(ItemKind.Stage, item, i)),
        .. task.Sources.Select((item, i) => Declare(ItemKind.Source, item, i)),
        .. task.Promises.Select((item, i) => Declare(ItemKind.Promise, item, i)),
        .. task.Matchers.Select((item, i) => Declare(ItemKind.Matcher, item, i)),
    ];

    public Switches Switches => new()
    {
        LockedMode = _project.LockedMode,
        UseLockFile = _project.UseLockFile,
        Verify = _project.Verify,
        KeepWorkspace = _project.KeepWorkspace,
        KeepSources = _project.KeepSources,
        Adopted = _project.Adopted,
        AdoptInputsToo = _project.AdoptInputsToo,
        AdoptWrites = _project.AdoptWrites,
        MaxParallel = _project.MaxParallel,
        Sandbox = _project.Sandbox,
        ProjectCache = _project.ProjectCache,
        GenerateClass = _project.GenerateClass,
        Report = _project.Report,
        PlanTarget = _project.PlanTarget,
    };

    /// <summary>How an adoption is asked for.</summary>
    public AdoptOptions Adopt => new(
        _project.AdoptReason, Switches.Flag(_project.AdoptInputsToo) == true, Switches.Flag(_project.AdoptWrites) == true);

    /// <summary>How many attempts <c>LightnixRepeat</c> makes of each stage.</summary>
    public int Repetitions => Math.Max(1, Switches.Number(_project.Repetitions));

    public string ProjectName => _project.Name;
    public string LinkFolder => Absolute(_project.LinkDirectory);

    /// <summary>The files that the items are declared in, as MSBuild names them, the project first.</summary>
    public IEnumerable<string> DefiningFiles => Items
        .Select(DefiningFile)
        .Prepend(_project.ProjectFile)
        .Where(file => file.Length > 0)
        .Distinct(StringComparer.Ordinal);

    public string DefiningFile(DeclaredItem item) => Original(item).GetMetadata(MetadataNames.DefiningProjectFullPath);

    /// <summary>True where MSBuild says that <c>**</c> found the item. MSBuild says nothing about other wildcards.</summary>
    public bool IsFound(DeclaredItem item) => FoundBelow(item).Length > 0;

    /// <summary>The folders that <c>**</c> stands for in the item's path, with <c>/</c>; empty without <c>**</c>.</summary>
    public string FoundBelow(DeclaredItem item) => Original(item).GetMetadata(MetadataNames.RecursiveDir).Replace('\\', '/');

    public ProjectRequest Request(ImmutableArray<DeclaredItem> items, BuildMode mode, int cores)
    {
        // A project hands on its own stages, and those of others that they were made from.
        List<ReferencedStage> own = [], lineage = [];
        foreach (var item in task.Received)
        {
            var stage = ReferencedStageItems.Read(item);
            (stage.Project == item.GetMetadata(MetadataNames.MSBuildSourceProjectFile) ? own : lineage).Add(stage);
        }
        return new()
        {
            Options = Options(mode, cores),
            Project = Project(items, [.. own]),
            Store = Store,
            Lineage = [.. lineage],
            LinkFolder = LinkFolder,
            IntermediateFolder = Absolute(_project.IntermediateDirectory),
            DotnetHost = _project.DotnetHost is { Length: > 0 } host ? host : null,
            Programs = Programs(),
            Environment = task.TaskEnvironment.GetEnvironmentVariables(),
        };
    }

    public string Absolute(string path) => _project.Absolute(path);

    BuildOptions Options(BuildMode mode, int cores) => new()
    {
        Mode = mode,
        PlanOf = _project.PlanTarget.Equals("LightnixRun", StringComparison.OrdinalIgnoreCase) ? BuildMode.Run : BuildMode.Build,
        ProjectFile = _project.ProjectFile,
        Stages = StagePatterns.Split(_project.Requested),
        Needed = StagePatterns.Split(_project.Needed),
        IsPart = Switches.Flag(_project.IsPart) == true,
        Cores = cores,
        MaxParallel = Switches.Number(_project.MaxParallel),
        KeepWorkspace = Switches.Flag(_project.KeepWorkspace) == true,
        KeepSources = Switches.Kept(_project.KeepSources),
        Adopted = Switches.Results(_project.Adopted),
        Verify = Switches.Flag(_project.Verify) == true,
        Sandbox = _project.Sandbox,
        Lock = new()
        {
            File = LockFile,
            Use = Switches.Flag(_project.UseLockFile),
            Locked = Switches.Flag(_project.LockedMode) == true,
            Update = StagePatterns.Split(_project.Update),
        },
    };

    DeclaredProject Project(ImmutableArray<DeclaredItem> items, ImmutableArray<ReferencedStage> handed) => new()
    {
        Name = ProjectName,
        Directory = _project.Directory,
        File = _project.ProjectFile,
        Items = items,
        References = [.. task.References.Select(r => new ReferencedProject(NameOf(r), Absolute(r.ItemSpec)))],
        HasMoreReferences = Switches.Number(_project.ReferenceCount) > task.References.Length,
        ReferencedStages = handed,
        Frameworks = task.ProgramFrameworks
            .Where(p => p.GetMetadata(MetadataNames.HasSingleTargetFramework) == "false")
            .DistinctBy(p => Absolute(p.ItemSpec))
            .ToImmutableSortedDictionary(p => Absolute(p.ItemSpec), Frameworks, StringComparer.Ordinal),
        NeverSources = [.. _project.NeverSources.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Absolute), Store],
        LockFile = LockFile,
    };

    static ImmutableArray<string> Frameworks(ITaskItem program) =>
        [.. program.GetMetadata(MetadataNames.TargetFrameworks).Split(';', StringSplitOptions.RemoveEmptyEntries)];

    // MSBuild's escapes stay in: the planner decodes them, except in a URL, which has escapes of its own.
    static DeclaredItem Declare(ItemKind kind, ITaskItem item, int ordinal)
    {
        var metadata = DeclaredItem.NoMetadata.ToBuilder();
        foreach (DictionaryEntry entry in ((ITaskItem2)item).CloneCustomMetadataEscaped())
        {
            if (entry is not { Key: string name, Value: string { Length: > 0 } text })
                continue;
            // The output of a program is found by the path that MSBuild reads.
            var isProgram = string.Equals(name, Names.Program, StringComparison.OrdinalIgnoreCase);
            metadata[name] = isProgram ? ProjectCollection.Escape(item.GetMetadata(name)) : text;
        }
        return new(kind, item.ItemSpec, metadata.ToImmutable(), ordinal);
    }

    string LockFile => _project.LockFile.Length > 0 ? Absolute(_project.LockFile) : LockFiles.PathOf(_project.ProjectFile);

    public string Store => Absolute(StorePath.Expand(
        _project.Store,
        task.TaskEnvironment.GetEnvironmentVariable(StorePath.HomeVariable)));

    static string NameOf(ITaskItem reference) => reference.GetMetadata(MetadataNames.Name) is { Length: > 0 } name
        ? name
        : Path.GetFileNameWithoutExtension(reference.ItemSpec);

    ITaskItem Original(DeclaredItem item) => item.Kind switch
    {
        ItemKind.Stage => task.Stages[item.Ordinal],
        ItemKind.Source => task.Sources[item.Ordinal],
        ItemKind.Promise => task.Promises[item.Ordinal],
        ItemKind.Matcher => task.Matchers[item.Ordinal],
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.Kind, null),
    };

    // Outputs are matched to declarations by full path: MSBuild may have turned a backslash of the declared path.
    Dictionary<ProgramProject, (string Folder, string Entry)> Programs()
    {
        var programs = new Dictionary<ProgramProject, (string, string)>();
        if (task.Programs.Length == 0)
            return programs;
        var built = task.Programs
            .ToLookup(p => Of(p, Absolute(p.GetMetadata(MetadataNames.MSBuildSourceProjectFile))), p => p.ItemSpec);
        foreach (var stage in task.Stages.Where(s => s.GetMetadata(Names.Program).Length > 0))
        {
            var declared = stage.GetMetadata(Names.Program);
            if (built[Of(stage, Absolute(declared))].FirstOrDefault() is { } assembly)
                programs[Of(stage, declared)] = (Path.GetDirectoryName(assembly)!, Path.GetFileName(assembly));
        }
        return programs;

        static ProgramProject Of(ITaskItem item, string project) =>
            new(project, Text(item, Names.ProgramConfiguration), Text(item, Names.ProgramFramework));

        static string? Text(ITaskItem item, string name) => item.GetMetadata(name) is { Length: > 0 } text ? text : null;
    }
}

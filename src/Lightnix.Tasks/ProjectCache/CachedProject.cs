using System.Reflection;
using Lightnix.Planning;
using Lightnix.Storage;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Microsoft.Build.Graph;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>An evaluated project in a graph, whose task is called without MSBuild running a target.</summary>
sealed class CachedProject(ProjectGraphNode node)
{
    const string Realize = "LightnixRealize";
    const string DescribeProject = "_LightnixDescribeProject";

    // The global properties that mark the build of a program: sdk/Programs/Lightnix.Programs.targets.
    static readonly string[] Flavour = ["Configuration", "CustomBeforeMicrosoftCommonTargets"];

    readonly ProjectInstance _project = node.ProjectInstance;

    public string Name => Path.GetFileNameWithoutExtension(_project.FullPath);

    /// <summary>A reason why MSBuild has to build the project, whatever is in the store; null: there is none.</summary>
    public string? WhyNot(IEnumerable<string> targets)
    {
        if (targets.FirstOrDefault(t => !CacheAnswer.Knows(t)) is { } unknown)
            return $"target {unknown} is asked for";
        if (Property("_LightnixLookOnly") == "true" || Property("DisableFastUpToDateCheck") == "false")
            return "it is looked at by something else than a build";
        if (Property("_LightnixHandsCopies") == "true")
            return "it hands on copies of its files";
        // Only targets know what becomes of such files in C# projects.
        if (_project.GetItems(nameof(ItemKind.Promise)).Any(p => p.GetMetadataValue(Names.OutputItemType).Length > 0))
            return $"a promise has {Names.OutputItemType}";
        var sdk = Property("LightnixSdkRoot");
        // A target of the author may do anything, before or after those of the SDK.
        var own = _project.Targets.Values.FirstOrDefault(t => sdk.Length == 0 || !IsBelow(t.FullPath, sdk));
        return own is null ? null : $"target {own.Name} of {own.FullPath} is not Lightnix's";
    }

    /// <summary>The stages that referenced projects handed on; null where one of these projects was not answered for. That project is being
    /// built, and this one is built after it.</summary>
    public ITaskItem[]? Received(IReadOnlyDictionary<ProjectInstance, ITaskItem[]> handed)
    {
        var received = new List<ITaskItem>();
        foreach (var other in References.Where(p => p.GetPropertyValue("UsingLightnixSdk") == "true"))
        {
            if (!handed.TryGetValue(other, out var stages))
                return null;
            received.AddRange(stages.Select(s => With(s, MetadataNames.MSBuildSourceProjectFile, other.FullPath)));
        }
        return [.. received];
    }

    /// <summary>The programs, which the graph has built by now; null where one of them is not there.</summary>
    public ITaskItem[]? Programs()
    {
        var programs = new List<ITaskItem>();
        foreach (var reference in _project.GetItems("ProjectReference").Where(r => r.GetMetadataValue(MetadataNames.Program) == "true"))
        {
            if (Program(reference) is not { } program)
                return null;
            programs.Add(program);
        }
        return [.. programs];
    }

    /// <summary>The items that the project's targets return after a build with nothing to run; null where a build is needed.</summary>
    public CacheAnswer? Answer(ITaskItem[] received, ITaskItem[] programs, IBuildEngine engine, CancellationToken cancellationToken)
    {
        var properties = new Dictionary<string, string>(_project.GlobalProperties);
        using var task = new RealizeStages { BuildEngine = engine, GlobalProperties = properties };
        Wire(task);
        (task.Project, task.Received, task.Programs) = (Description(), received, programs);
        return task.Answer(cancellationToken) ? new(ThisProject(), task.Artifacts, task.Handed) : null;
    }

    TaskItem? Program(ProjectItemInstance reference)
    {
        var path = Path.GetFullPath(reference.EvaluatedInclude, _project.Directory);
        var flavour = reference.GetMetadataValue("AdditionalProperties");
        var framework = reference.GetMetadataValue(Names.ProgramFramework);
        const StringComparison ordinal = StringComparison.Ordinal;
        var built = References.FirstOrDefault(p =>
            p.FullPath == path
            && Flavour.All(n => p.GlobalProperties.TryGetValue(n, out var value) && flavour.Contains($"{n}={value};", ordinal))
            && (framework.Length == 0 || p.GetPropertyValue("TargetFramework") == framework));
        if (built?.GetPropertyValue("TargetPath") is not { Length: > 0 } assembly || !File.Exists(assembly))
            return null;
        var item = With(new TaskItem(ProjectCollection.Escape(assembly)), MetadataNames.MSBuildSourceProjectFile, path);
        item = With(item, Names.ProgramConfiguration, reference.GetMetadataValue(Names.ProgramConfiguration));
        return With(item, Names.ProgramFramework, framework);
    }

    // The parameters that the target passes, so that they are listed once.
    void Wire(RealizeStages task)
    {
        var call = _project.Targets[Realize].Children.OfType<ProjectTaskInstance>().First(t => t.Name == nameof(RealizeStages));
        foreach (var (name, value) in call.Parameters)
        {
            var property = typeof(RealizeStages).GetProperty(name, BindingFlags.Instance | BindingFlags.Public)
                ?? throw new InvalidOperationException($"the task has no parameter {name}");
            if (property.PropertyType == typeof(ITaskItem[]))
                property.SetValue(task, _project.GetItems(value[2..^1]).ToArray<ITaskItem>());
        }
    }

    // The item that the target would make.
    TaskItem Description()
    {
        var description = new TaskItem(nameof(StagesTask.Project));
        var group = _project.Targets[DescribeProject].Children.OfType<ProjectItemGroupTaskInstance>().First();
        foreach (var metadata in group.Items.First().Metadata)
            description.SetMetadata(metadata.Name, _project.ExpandString(metadata.Value));
        return description;
    }

    TaskItem ThisProject() => new(ProjectCollection.Escape(_project.FullPath), new Dictionary<string, string>
    {
        [MetadataNames.HasSingleTargetFramework] = "true",
        ["IsRidAgnostic"] = "true",
        ["Platforms"] = "AnyCPU",
        ["LightnixHasStages"] = "true",
    });

    IEnumerable<ProjectInstance> References => node.ProjectReferences.Select(n => n.ProjectInstance);

    string Property(string name) => _project.GetPropertyValue(name);

    static TaskItem With(ITaskItem item, string name, string value)
    {
        var copy = new TaskItem(item);
        copy.SetMetadata(name, ProjectCollection.Escape(value));
        return copy;
    }

    static bool IsBelow(string file, string folder) =>
        file.StartsWith(folder, StorePath.Comparison);
}

using System.Reflection;
using Lightnix.Model;
using Lightnix.Planning;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Microsoft.Build.Graph;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>An evaluated project in a graph, whose task is asked without MSBuild running a target.</summary>
sealed class CachedProject(ProjectGraphNode node)
{
    const string Realize = nameof(Realize);

    // The properties by which a build of a program is known to be one: sdk/Lightnix.Programs.targets.
    static readonly string[] Flavour = ["Configuration", "CustomBeforeMicrosoftCommonTargets"];

    readonly ProjectInstance _project = node.ProjectInstance;

    public string Name => Path.GetFileNameWithoutExtension(_project.FullPath);

    /// <summary>A reason to let MSBuild build the project, whatever the store has; null: there is none.</summary>
    public string? WhyNot(IEnumerable<string> targets)
    {
        if (targets.FirstOrDefault(t => !CacheAnswer.Knows(t)) is { } unknown)
            return $"target {unknown} is asked for";
        if (_project.GetPropertyValue("_LightnixLookOnly") == "true" || _project.GetPropertyValue("DisableFastUpToDateCheck") == "false")
            return "it is looked at by something else than a build";
        if (_project.GetPropertyValue("_LightnixHandsCopies") == "true")
            return "it hands on copies of its files";
        // What becomes of such files in C# projects is said by targets, and nowhere else.
        if (_project.GetItems(nameof(ItemKind.Promise)).Any(p => p.GetMetadataValue(Names.OutputItemType).Length > 0))
            return $"a promise has {Names.OutputItemType}";
        var sdk = _project.GetPropertyValue("LightnixSdkRoot");
        // Somebody's own target may do anything, before or after ours.
        var own = _project.Targets.Values.FirstOrDefault(t => sdk.Length == 0 || !IsBelow(t.FullPath, sdk));
        return own is null ? null : $"target {own.Name} of {own.FullPath} is not Lightnix's";
    }

    /// <summary>What referenced projects handed over; null where one of them was not answered for: it is being built, and this one is built after it.</summary>
    public ITaskItem[]? Received(IReadOnlyDictionary<ProjectInstance, ITaskItem[]> handed)
    {
        var received = new List<ITaskItem>();
        foreach (var other in node.ProjectReferences.Select(n => n.ProjectInstance).Where(p => p.GetPropertyValue("UsingLightnixSdk") == "true"))
        {
            if (!handed.TryGetValue(other, out var stages))
                return null;
            received.AddRange(stages.Select(s => With(s, MetadataNames.MSBuildSourceProjectFile, other.FullPath)));
        }
        return [.. received];
    }

    /// <summary>Programs, which the graph has built by now; null where one of them is not there.</summary>
    public ITaskItem[]? Programs()
    {
        var programs = new List<ITaskItem>();
        foreach (var reference in _project.GetItems("ProjectReference").Where(r => r.GetMetadataValue("LightnixProgram") == "true"))
        {
            var path = Path.GetFullPath(reference.EvaluatedInclude, _project.Directory);
            var flavour = reference.GetMetadataValue("AdditionalProperties");
            var framework = reference.GetMetadataValue(Names.ProgramFramework);
            var built = node.ProjectReferences.Select(n => n.ProjectInstance).FirstOrDefault(p =>
                p.FullPath == path
                && Flavour.All(n => p.GlobalProperties.TryGetValue(n, out var value) && flavour.Contains($"{n}={value};", StringComparison.Ordinal))
                && (framework.Length == 0 || p.GetPropertyValue("TargetFramework") == framework));
            if (built?.GetPropertyValue("TargetPath") is not { Length: > 0 } assembly || !File.Exists(assembly))
                return null;
            var item = With(new TaskItem(ProjectCollection.Escape(assembly)), MetadataNames.MSBuildSourceProjectFile, path);
            item = With(item, Names.ProgramConfiguration, reference.GetMetadataValue(Names.ProgramConfiguration));
            programs.Add(With(item, Names.ProgramFramework, framework));
        }
        return [.. programs];
    }

    /// <summary>What its targets return after a build that had nothing to run; null where a build is needed.</summary>
    public CacheAnswer? Answer(ITaskItem[] received, ITaskItem[] programs, IBuildEngine engine, CancellationToken cancellationToken)
    {
        using var task = new RealizeStages { BuildEngine = engine, GlobalProperties = new Dictionary<string, string>(_project.GlobalProperties) };
        Wire(task);
        (task.Received, task.Programs) = (received, programs);
        return task.Answer(cancellationToken) ? new(ThisProject(), task.Artifacts, task.Handed) : null;
    }

    // As the target says, so that there is one wiring.
    void Wire(RealizeStages task)
    {
        var call = _project.Targets[Realize].Children.OfType<ProjectTaskInstance>().First(t => t.Name == nameof(RealizeStages));
        foreach (var (name, value) in call.Parameters)
        {
            var property = typeof(RealizeStages).GetProperty(name, BindingFlags.Instance | BindingFlags.Public) ?? throw new InvalidOperationException($"the task has no parameter {name}");
            if (property.PropertyType == typeof(ITaskItem[]))
                property.SetValue(task, _project.GetItems(value[2..^1]).ToArray<ITaskItem>());
            else if (_project.ExpandString(value) is { Length: > 0 } text)
                property.SetValue(task, ProjectCollection.Unescape(text));
        }
    }

    TaskItem ThisProject() => new(ProjectCollection.Escape(_project.FullPath), new Dictionary<string, string>
    {
        [MetadataNames.HasSingleTargetFramework] = "true",
        ["IsRidAgnostic"] = "true",
        ["Platforms"] = "AnyCPU",
        ["LightnixHasStages"] = "true",
    });

    static TaskItem With(ITaskItem item, string name, string value)
    {
        var copy = new TaskItem(item);
        copy.SetMetadata(name, ProjectCollection.Escape(value));
        return copy;
    }

    static bool IsBelow(string file, string folder) => file.StartsWith(folder, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}

using Lightnix.Planning;
using Lightnix.Builds;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>LNX1014: promised files of several projects that a C# project would copy to one place. Its build would keep the last.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckCopies : Task, IMultiThreadableTask
{
    /// <summary>The project that copies the files: see <see cref="ProjectDescription"/>.</summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    /// <summary>The files, as <see cref="RealizeStages.Artifacts"/> of this project and of those that it references.</summary>
    public ITaskItem[] Files { get; set; } = [];

    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    public override bool Execute()
    {
        var project = new ProjectDescription(Project);
        foreach (var clash in TargetClashes.Among(project.ProjectFile, [.. Files.Select(file => Copy(project, file))]))
            DiagnosticLog.Show(Log, project, clash);
        return !Log.HasLoggedErrors;
    }

    static CopiedFile Copy(ProjectDescription project, ITaskItem file) => new(
        file.GetMetadata(MetadataNames.MSBuildSourceProjectFile) is { Length: > 0 } source ? source : project.ProjectFile,
        file.GetMetadata(Names.Stage),
        RelativePath.Parse(file.GetMetadata(MetadataNames.TargetPath)),
        file.ItemSpec)
    {
        CopyToOutputDirectory = file.GetMetadata(Names.CopyToOutputDirectory),
        CopyToPublishDirectory = file.GetMetadata(Names.CopyToPublishDirectory),
    };
}

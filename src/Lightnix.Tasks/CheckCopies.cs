using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Realizing;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Tells promised files of several projects that a C# project would copy to one place (LNX1014): its build would keep the last of them without a word.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckCopies : Task, IMultiThreadableTask
{
    /// <summary>The project that copies them, absolute.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>As <see cref="RealizeStages.Artifacts"/> of this project and of those that it references.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <inheritdoc cref="StagesTask.HelpPage"/>
    public string HelpPage { get; set; } = "";

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (var clash in TargetClashes.Among(ProjectFile, [.. Files.Select(Copy)]))
            DiagnosticLog.Show(Log, HelpPage, clash, new(ProjectFile, 0, 0));
        return !Log.HasLoggedErrors;
    }

    CopiedFile Copy(ITaskItem file) => new(
        file.GetMetadata(MetadataNames.MSBuildSourceProjectFile) is { Length: > 0 } project ? project : ProjectFile,
        file.GetMetadata(Names.Stage),
        RelativePath.Parse(file.GetMetadata(MetadataNames.TargetPath)),
        file.ItemSpec)
    {
        CopyToOutputDirectory = file.GetMetadata(Names.CopyToOutputDirectory),
        CopyToPublishDirectory = file.GetMetadata(Names.CopyToPublishDirectory),
    };
}

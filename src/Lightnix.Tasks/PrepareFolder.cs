using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Makes the folder of files that can be made again, or reports LNX3003 where MSBuild's tasks show a stack trace.</summary>
[MSBuildMultiThreadableTask]
public sealed class PrepareFolder : Task, IMultiThreadableTask
{
    /// <summary>The project: see <see cref="ProjectDescription"/>.</summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    /// <summary>The folder, relative to the project or absolute.</summary>
    [Required]
    public string Folder { get; set; } = "";

    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    public override bool Execute()
    {
        var project = new ProjectDescription(Project);
        var folder = Path.TrimEndingDirectorySeparator(project.Absolute(Folder));
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            DiagnosticLog.Show(Log, project, TaskErrors.NoFolder(folder, e));
        }
        return !Log.HasLoggedErrors;
    }
}

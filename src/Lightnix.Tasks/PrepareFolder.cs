using Lightnix.Model;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Makes the folder of files that can be made again; LNX3003 where that cannot be done. MSBuild's own tasks end with a stack trace there.</summary>
[MSBuildMultiThreadableTask]
public sealed class PrepareFolder : Task, IMultiThreadableTask
{
    /// <summary>The folder, relative to the project or absolute.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The project, absolute.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <inheritdoc cref="StagesTask.HelpPage"/>
    public string HelpPage { get; set; } = "";

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <inheritdoc/>
    public override bool Execute()
    {
        var folder = Path.TrimEndingDirectorySeparator(Declarations.Absolute(Folder, Path.GetDirectoryName(ProjectFile)!));
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var mistake = $"the folder '{folder}' could not be made: {e.Message.TrimEnd('.')}; build with --artifacts-path FOLDER, or correct the permissions";
            DiagnosticLog.Show(Log, HelpPage, new("LNX3003", Severity.Error, mistake), new(ProjectFile, 0, 0));
        }
        return !Log.HasLoggedErrors;
    }
}

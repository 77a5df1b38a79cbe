using Lightnix.Projects;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Removes the links into the store and the copies of stored files that a build made. It never changes the store.</summary>
[MSBuildMultiThreadableTask]
public sealed class CleanLinks : Task, IMultiThreadableTask, IIncrementalTask
{
    /// <summary>The project: see <see cref="ProjectDescription"/>. Its last build may have had another link folder.</summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    /// <summary>True when the intermediate folder also belongs to another project.</summary>
    [Output]
    public bool IsShared { get; set; }

    /// <summary>Set by MSBuild for <c>-question</c>: an error (LNX2014) where something would be removed.</summary>
    public bool FailIfNotIncremental { get; set; }

    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    public override bool Execute()
    {
        var project = new ProjectDescription(Project);
        var folder = project.Absolute(project.LinkDirectory);
        var kept = project.Absolute(project.IntermediateDirectory);
        var memory = new LinkMemory(kept, project.ProjectFile);
        ItemCopies[] copies = [new(kept, project.ProjectFile, ItemCopies.Items), new(kept, project.ProjectFile, ItemCopies.Artifacts)];
        if (!FailIfNotIncremental)
        {
            // The note stays until the links are gone, because the next Clean needs it.
            Try(project, () =>
            {
                memory.Clear(folder);
                _ = memory.Forget();
            });
            foreach (var copy in copies)
                Try(project, copy.Clear);
        }
        else if (memory.HasSome(folder) || copies.Any(c => c.HasSome))
        {
            DiagnosticLog.Show(Log, project, TaskErrors.WouldRemove(folder, kept));
        }
        IsShared = memory.IsShared;
        return !Log.HasLoggedErrors;
    }

    // One file that cannot be removed does not keep the others.
    void Try(ProjectDescription project, Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            DiagnosticLog.Show(Log, project, TaskErrors.NotRemoved(e));
        }
    }
}

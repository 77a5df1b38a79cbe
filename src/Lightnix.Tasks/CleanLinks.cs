using Lightnix.Storage;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Removes the links into the store that a build made. The store itself is never touched.</summary>
[MSBuildMultiThreadableTask]
public sealed class CleanLinks : Task, IMultiThreadableTask
{
    /// <summary>The folder of links, absolute.</summary>
    [Required]
    public string LinkDirectory { get; set; } = "";

    /// <summary>Where the last build noted in which folder it made links, which may be another one.</summary>
    [Required]
    public string IntermediateDirectory { get; set; } = "";

    /// <summary>The project, absolute.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <inheritdoc/>
    public override bool Execute()
    {
        new ResultLinks(TaskEnvironment.GetAbsolutePath(LinkDirectory)).Clear();
        new LinkMemory(TaskEnvironment.GetAbsolutePath(IntermediateDirectory), ProjectFile).Clear();
        return !Log.HasLoggedErrors;
    }
}

using Lightnix.Storage;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Removes the links into the store and the copies of stored files that a build made. The store itself is never touched.</summary>
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

    /// <summary>True when the intermediate folder has something of another project, whose file is beside this one's.</summary>
    [Output]
    public bool IsShared { get; set; }

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <inheritdoc/>
    public override bool Execute()
    {
        var folder = Absolute(LinkDirectory);
        var memory = new LinkMemory(Absolute(IntermediateDirectory), ProjectFile);
        memory.Clear(folder);
        foreach (var kind in (string[])[ItemCopies.Items, ItemCopies.Artifacts])
            new ItemCopies(Absolute(IntermediateDirectory), ProjectFile, kind).Clear();
        IsShared = !memory.Forget();
        return !Log.HasLoggedErrors;
    }

    string Absolute(string path) => Declarations.Absolute(path, Path.GetDirectoryName(ProjectFile)!);
}

using Lightnix.Model;
using Lightnix.Projects;
using Lightnix.Storage;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Removes the links into the store and the copies of stored files that a build made. The store itself is never touched.</summary>
[MSBuildMultiThreadableTask]
public sealed class CleanLinks : Task, IMultiThreadableTask, IIncrementalTask
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

    /// <summary>Set by MSBuild for <c>-question</c>: an error (LNX2014) where something would be removed.</summary>
    public bool FailIfNotIncremental { get; set; }

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <inheritdoc/>
    public override bool Execute()
    {
        var folder = Absolute(LinkDirectory);
        var memory = new LinkMemory(Absolute(IntermediateDirectory), ProjectFile);
        ItemCopies[] copies = [.. ((string[])[ItemCopies.Items, ItemCopies.Artifacts]).Select(kind => new ItemCopies(Absolute(IntermediateDirectory), ProjectFile, kind))];
        if (!FailIfNotIncremental)
        {
            // The note stays until the links are gone: the next Clean needs it.
            Try(() =>
            {
                memory.Clear(folder);
                _ = memory.Forget();
            });
            foreach (var copy in copies)
                Try(copy.Clear);
        }
        else if (memory.HasSome(folder) || copies.Any(c => c.HasSome))
        {
            Log.Say(new Diagnostic("LNX2014", Severity.Error, $"the links in '{folder}' and what is kept in '{Absolute(IntermediateDirectory)}' would be removed, and -question removes nothing: clean without it"), null, new(ProjectFile, 0, 0));
        }
        IsShared = memory.IsShared;
        return !Log.HasLoggedErrors;
    }

    // What cannot be removed must not keep the rest.
    void Try(Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.Say(StorageErrors.Failed("something could not be removed", e, "clean again").ToDiagnostic(), null, new(ProjectFile, 0, 0));
        }
    }

    string Absolute(string path) => Declarations.Absolute(path, Path.GetDirectoryName(ProjectFile)!);
}

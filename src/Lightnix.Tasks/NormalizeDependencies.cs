using Lightnix.Planning;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Normalizes a program's <c>.deps.json</c>: equal programs have equal bytes. See <see cref="DependencyManifest"/>.</summary>
[MSBuildMultiThreadableTask]
public sealed class NormalizeDependencies : Task, IMultiThreadableTask
{
    /// <summary>The program's <c>.deps.json</c>, relative to the program's project or absolute.</summary>
    [Required]
    public string File { get; set; } = "";

    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    public override bool Execute()
    {
        string file = TaskEnvironment.GetAbsolutePath(File);
        var text = System.IO.File.ReadAllText(file);
        var normalized = DependencyManifest.Normalize(text);
        if (normalized != text)
            System.IO.File.WriteAllText(file, normalized);
        return true;
    }
}

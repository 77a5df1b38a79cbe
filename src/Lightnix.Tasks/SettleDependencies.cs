using Lightnix.Planning;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Takes out of a program's <c>.deps.json</c> what says nothing of the program (see <see cref="DependencyManifest"/>), so that its bytes do not change with it.</summary>
[MSBuildMultiThreadableTask]
public sealed class SettleDependencies : Task, IMultiThreadableTask
{
    /// <summary>The program's <c>.deps.json</c>, relative to the program's project or absolute.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <inheritdoc/>
    public override bool Execute()
    {
        string file = TaskEnvironment.GetAbsolutePath(File);
        var text = System.IO.File.ReadAllText(file);
        var settled = DependencyManifest.Settle(text);
        if (settled != text)
            System.IO.File.WriteAllText(file, settled);
        return true;
    }
}

using Microsoft.Build.Framework;
using Newtonsoft.Json.Linq;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>
/// Takes the version numbers of projects out of a program's <c>.deps.json</c>. They are those of the last restore, which may have been asked for by a build of
/// something else: <c>dotnet publish -p:Version=1.2.3</c> of an app restores the libraries that it shares with a program as 1.2.3. The runtime uses them only as names.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class SettleDependencies : Task, IMultiThreadableTask
{
    const string Settled = "1.0.0";

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
        var settled = Settle(text);
        if (settled != text)
            System.IO.File.WriteAllText(file, settled);
        return true;
    }

    /// <summary>The same file with 1.0.0 as the version of everything that is a project.</summary>
    public static string Settle(string text)
    {
        var libraries = JObject.Parse(text)["libraries"] as JObject ?? [];
        foreach (var library in libraries.Properties().Where(l => (string?)l.Value["type"] == "project"))
        {
            var (name, version) = library.Name.Split('/', 2) is [var n, var v] ? (n, v) : (library.Name, "");
            text = text
                .Replace($"\"{name}/{version}\"", $"\"{name}/{Settled}\"", StringComparison.Ordinal)
                .Replace($"\"{name}\": \"{version}\"", $"\"{name}\": \"{Settled}\"", StringComparison.Ordinal);
        }
        return text;
    }
}

using System.Text.RegularExpressions;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Files of the project's folder that a builder missed, because its stage does not declare them as sources.</summary>
static partial class UndeclaredFiles
{
    /// <summary>How the first of them is declared; null where the log names none.</summary>
    /// <param name="printed">The end of the log.</param>
    public static string? Hint(PlannedStage stage, string printed, string projectFolder)
    {
        foreach (var word in MissingThings.Lines(printed).SelectMany(l => Word().Matches(l)))
        {
            var quoted = word.Groups["quoted"];
            if (Below(quoted.Success ? quoted.Value : word.Value, projectFolder) is not { } path || IsKnown(stage, path))
                continue;
            var place = path.Under(projectFolder);
            string? include = null;
            if (File.Exists(place))
                include = path.ToString();
            else if (quoted.Success && Directory.Exists(place))
                include = path + "/**";
            if (include is not null)
                return Visible.Text($"'{path}' is in the project's folder, and the stage does not declare it: "
                    + $"<Source Include=\"{include}\" Stage=\"{stage.DeclaredName}\" />");
        }
        return null;
    }

    static RelativePath? Below(string name, string projectFolder)
    {
        foreach (var folder in new[] { SandboxSystem.Stage, projectFolder })
        {
            if (SandboxView.IsBelow(name, folder))
                name = name[folder.Length..].TrimStart('/');
        }
        return RelativePath.TryParse(name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name, out var path) && !path.IsRoot
            ? path : null;
    }

    static bool IsKnown(PlannedStage stage, RelativePath path) =>
        path.First is "in" or "out" or "checkpoint" or "bin" or "obj" || stage.Sources.Any(s => s.Entry.Path == path);

    [GeneratedRegex("""'(?<quoted>[^']+)'|"(?<quoted>[^"]+)"|[^\s'":,;()\[\]<>]+""", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}

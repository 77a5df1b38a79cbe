using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Programs of the project's folder (<c>.venv/bin/python</c>) that a stage calls by path, and its working folder lacks.</summary>
static partial class ProjectPrograms
{
    /// <summary>The cure for the first of them.</summary>
    /// <returns>Null where there is none.</returns>
    public static string? Hint(IEnumerable<string> texts, BuildRequest request, string? projectFolder)
    {
        if (projectFolder is null)
            return null;
        var called = texts.SelectMany(t => RelativePath().Matches(t).Select(m => m.Value)).Distinct(StringComparer.Ordinal)
            .FirstOrDefault(p => !File.Exists(MountedFiles.Outside(request, Path.GetFullPath(p, request.WorkingFolder)))
                && ToolFinder.IsProgram(Path.Combine(projectFolder, p)));
        if (called is null)
            return null;
        var name = Path.GetFileName(called);
        var activate = Path.Combine(Path.GetDirectoryName(called)!, "activate");
        return $"'{called}' is a program of the project's folder, which a stage does not see. "
            + (File.Exists(Path.Combine(projectFolder, activate))
                ? $"Activate its environment before the build (. {activate}) and call '{name}'"
                : $"Put its folder on the PATH before the build, name '{name}' in Tools, and call it by that name");
    }

    [GeneratedRegex(@"(?<![\w.+/-])(?!in/|out/)[\w.+-]+/[\w.+/-]+", RegexOptions.CultureInvariant)]
    private static partial Regex RelativePath();
}

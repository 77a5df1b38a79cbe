using System.Collections.Concurrent;

namespace Lightnix.Building;

/// <summary>Finds programs as a shell does, and remembers them.</summary>
sealed class ToolFinder
{
    readonly ConcurrentDictionary<(string Path, string Name), string> _found = [];

    /// <summary>A program by name on a path, or by absolute path; null where there is none.</summary>
    /// <param name="environment">The environment with <c>PATH</c> (and on Windows <c>PATHEXT</c>).</param>
    public string? Find(string name, IReadOnlyDictionary<string, string> environment)
    {
        var path = environment.GetValueOrDefault("PATH") ?? "";
        if (_found.TryGetValue((path, name), out var known))
            return known;
        var found = FindAll(name, environment).FirstOrDefault();
        // A missing program is searched again: the user may install it while an IDE keeps this process alive.
        if (found is not null)
            _found[(path, name)] = found;
        return found;
    }

    /// <summary>All programs of a name, in the order of the path.</summary>
    public static IEnumerable<string> FindAll(string name, IReadOnlyDictionary<string, string> environment)
    {
        var endings = SystemTraits.ProgramEndings(environment);
        return Candidates(name, environment.GetValueOrDefault("PATH") ?? "").SelectMany(c => endings.Select(e => c + e)).Where(IsProgram);
    }

    static IEnumerable<string> Candidates(string name, string path)
    {
        if (Path.IsPathFullyQualified(name))
            return [name];
        return name.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar) || name.Length == 0
            ? []
            : path.Split(Path.PathSeparator).Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, name));
    }

    /// <summary>Whether a file exists and may be executed.</summary>
    public static bool IsProgram(string file)
    {
        if (!File.Exists(file))
            return false;
        try
        {
            return SystemTraits.IsExecutable(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // A link to nowhere is there, and has no mode.
        }
    }

    /// <summary>The file behind a link, or the file itself.</summary>
    public static string RealFile(string file) => new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file;
}

using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>The lists of written files that builds of .NET and of Lightnix leave in <c>obj</c> folders.</summary>
sealed class BuildLists
{
    // obj/<project>/<configuration>/<framework>/<runtime>: below an artifacts folder, the first is there, too.
    static readonly EnumerationOptions Search = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 4,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>True when a list that was read names the file.</summary>
    public bool Contain(string file) => _files.Contains(file);

    /// <summary>Reads all lists in an <c>obj</c> folder.</summary>
    /// <param name="project">The project's folder.</param>
    public void Read(string obj, string project)
    {
        if (Files.Facts(obj, follow: true)?.Kind != FileKind.Folder)
            return;
        var lists = Directory.EnumerateFiles(obj, "*.txt", Search).Where(f => IsList(Path.GetFileName(f)))
            .Select(f => (File: f, Written: File.ReadAllLines(f))).ToList();
        var former = lists.SelectMany(l => FormerPlaces(l.File, l.Written, project)).ToHashSet(StringComparer.Ordinal);
        foreach (var written in lists.Select(l => l.Written).Where(w => !w.Any(f => IsInProject(f, project, former))))
        {
            _files.UnionWith(written);
            foreach (var place in former)
            {
                var below = written.Where(f => f.StartsWith(place + Path.DirectorySeparatorChar, StringComparison.Ordinal));
                _files.UnionWith(below.Select(f => project + f[place.Length..]));
            }
        }
    }

    public static bool IsArtifactsFolder(string folder)
    {
        var obj = Path.Combine(folder, "obj");
        return Files.Names(obj).SelectMany(project => Files.Names(Path.Combine(obj, project)))
            .Any(n => n == "project.assets.json" || n.StartsWith("lightnix", StringComparison.Ordinal) || IsList(n));
    }

    // The lists of .NET of what was compiled, copied and published. Lightnix names its list like the last.
    static bool IsList(string name) =>
        name.EndsWith(".FileListAbsolute.txt", StringComparison.Ordinal)
        || (name.Contains("PublishOutputs.", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal));

    // A build into the project's own folder also lists sources that it found there.
    static bool IsInProject(string written, string project, HashSet<string> former) =>
        written.EndsWith(".dll", StringComparison.Ordinal) && Path.GetDirectoryName(written) is { } folder
        && (folder == project || former.Contains(folder));

    // A copy of a project's folder has a copy of the list with the original's files. The list's own path shows where the original was.
    static IEnumerable<string> FormerPlaces(string list, string[] written, string project)
    {
        var own = Path.GetRelativePath(project, Path.GetDirectoryName(list)!);
        if (own.StartsWith("..", StringComparison.Ordinal))
            yield break;
        var here = $"{Path.DirectorySeparatorChar}{own}{Path.DirectorySeparatorChar}";
        foreach (var file in written)
        {
            var at = file.IndexOf(here, StringComparison.Ordinal);
            if (at > 0 && file[..at] != project)
                yield return file[..at];
        }
    }
}

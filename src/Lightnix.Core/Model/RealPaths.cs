namespace Lightnix.Model;

/// <summary>Paths without symbolic links, as far as they are there. Each is looked at once.</summary>
/// <param name="targetOf">The target of the link at a path; null where there is no link.</param>
sealed class RealPaths(Func<string, string?> targetOf)
{
    readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The place that an absolute path leads to. What is missing stays as it is named, and a loop stays a loop.</summary>
    public string Of(string path, int links = 0) =>
        Path.GetDirectoryName(path) is { } parent ? Step(Of(parent, links), Path.GetFileName(path), links) : path;

    // A link's target is taken name by name: '..' leaves the folder that a link before it leads to.
    string Step(string folder, string name, int links)
    {
        var path = Path.Combine(folder, name);
        if (_known.TryGetValue(path, out var known))
            return known;
        var real = path;
        if (links < LinkFollower.MostLinks && targetOf(path) is { } target)
        {
            real = Path.IsPathRooted(target) ? Path.GetPathRoot(Path.GetFullPath(target, folder))! : folder;
            foreach (var segment in target[(Path.GetPathRoot(target)?.Length ?? 0)..].Split(Path.DirectorySeparatorChar))
            {
                real = segment switch
                {
                    "" or "." => real,
                    ".." => Path.GetDirectoryName(real) ?? real,
                    _ => Step(real, segment, links + 1),
                };
            }
        }
        return _known[path] = real;
    }
}

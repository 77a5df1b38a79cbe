namespace Lightnix.Planning;

/// <summary>Where declared paths are, and which of them are inside. Pure: it never asks the file system or the current directory.</summary>
sealed class ProjectPaths(DeclaredProject project)
{
    readonly string _folder = Path.GetFullPath(project.Directory, project.Directory);

    // A folder that holds the project is left out: it would forbid the whole project.
    readonly ImmutableArray<string> _never =
    [
        .. project.NeverSources
            .Select(f => Path.TrimEndingDirectorySeparator(Path.GetFullPath(f, project.Directory)))
            .Where(f => !Contains(f, Path.TrimEndingDirectorySeparator(Path.GetFullPath(project.Directory, project.Directory)))),
    ];

    /// <summary>A path as the author wrote it (<c>\</c> counts as <c>/</c>), absolute.</summary>
    public string OfText(string declared) => Path.GetFullPath(declared.Replace('\\', Path.DirectorySeparatorChar), _folder);

    /// <summary>An item's identity, absolute. MSBuild has turned its separators, so a backslash in it is a part of a name.</summary>
    public string OfItem(string include) => Path.GetFullPath(include, _folder);

    /// <summary>The path below the project's folder, or null for one outside.</summary>
    public RelativePath? Inside(string absolute) => Below(_folder, absolute);

    /// <summary>True for the project file itself.</summary>
    public bool IsProject(string absolute) => project.File is { } file && Path.GetFullPath(file, project.Directory) == absolute;

    /// <summary>True of lock files, which a build may write.</summary>
    public bool IsLockFile(string absolute) =>
        LockFile.IsName(Path.GetFileName(absolute))
            || (project.LockFile is { } own && Path.GetFullPath(own, project.Directory) == absolute);

    /// <summary>Why a path is none that stages may read, as the end of a sentence: it is the link folder, <c>obj</c>, the store or below
    /// one of them, or a lock file. Null: its text says nothing against it.</summary>
    public string? WhyNever(string absolute) => IsLockFile(absolute) ? "is a lock file"
        : _never.FirstOrDefault(never => Contains(never, absolute)) is not { } folder ? null
        : Below(folder, absolute) is null ? $"is '{folder}', where builds write"
        : $"is below '{folder}', where builds write";

    /// <summary>The path below the link folder, <c>obj</c> or the store; null where it is not below one of them.</summary>
    public RelativePath? BelowNever(string absolute) =>
        _never.Select(never => Below(never, absolute)).FirstOrDefault(below => below is not null);

    /// <summary>True when the author wrote this path, and no wildcard found it.</summary>
    public bool IsNamed(DeclaredItem item) => project.IsNamed(item);

    /// <summary>The wildcard that found an item; null where its author named it, or where it is unknown.</summary>
    public string? WildcardOf(DeclaredItem item) => project.WildcardOf(item);

    /// <summary>The path below a folder; null for the folder itself and for other paths.</summary>
    public static RelativePath? Below(string folder, string absolute)
    {
        var relative = Path.GetRelativePath(folder, absolute);
        if (Path.IsPathRooted(relative))
            return null;
        var segments = relative.Split(Path.DirectorySeparatorChar);
        return segments[0] is ".." or "." ? null : RelativePath.OfSegments(segments);
    }

    static bool Contains(string folder, string absolute) =>
        folder == Path.TrimEndingDirectorySeparator(absolute) || Below(folder, absolute) is not null;
}

using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>Where declared paths are, and which of them are inside. Pure: it never asks the file system or the current directory.</summary>
sealed class ProjectPaths(DeclaredProject project)
{
    readonly string _folder = Path.GetFullPath(project.Directory, project.Directory);

    readonly ImmutableArray<string> _never = [.. project.NeverSources.Select(f => Path.GetFullPath(f, project.Directory))];

    /// <summary>A path as the author wrote it (<c>\</c> counts as <c>/</c>), absolute.</summary>
    public string OfText(string declared) => Path.GetFullPath(declared.Replace('\\', Path.DirectorySeparatorChar), _folder);

    /// <summary>An item's identity, absolute: MSBuild has turned its separators already, and what is left is part of a name.</summary>
    public string OfItem(string include) => Path.GetFullPath(include, _folder);

    /// <summary>The path below the project's folder, or null for one outside.</summary>
    public RelativePath? Inside(string absolute) => Below(_folder, absolute);

    /// <summary>True for the project file itself.</summary>
    public bool IsProject(string absolute) => project.File is { } file && Path.GetFullPath(file, project.Directory) == absolute;

    /// <summary>True of lock files, which a build may write.</summary>
    public bool IsLockFile(string absolute) => LockFile.IsName(Path.GetFileName(absolute)) || _never.Contains(absolute);

    /// <summary>Why a file is never a source, as the end of a sentence: it is below the link folder, <c>obj</c> or the store, or some build wrote it. Null: it may be one.</summary>
    /// <exception cref="ContentException">It cannot be looked at.</exception>
    public string? WhyNeverSource(string absolute, IContents contents) => IsLockFile(absolute) ? "is a lock file"
        : _never.FirstOrDefault(never => Below(never, absolute) is not null) is { } folder ? $"is below '{folder}', where builds write"
        : contents.WhyWritten(absolute, _folder);

    /// <summary>True when the author wrote this path, and no wildcard found it.</summary>
    public bool IsNamed(DeclaredItem item) => project.IsNamed(item);

    static RelativePath? Below(string folder, string absolute)
    {
        var relative = Path.GetRelativePath(folder, absolute);
        if (Path.IsPathRooted(relative))
            return null;
        var segments = relative.Split(Path.DirectorySeparatorChar);
        return segments[0] is ".." or "." ? null : RelativePath.OfSegments(segments);
    }
}

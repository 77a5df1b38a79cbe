using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>What <see cref="LinkMemory"/> writes of one project: where its links are, which they are, and where this was written.</summary>
/// <param name="Project">The project file, absolute; empty in notes of earlier versions.</param>
/// <param name="Inode">Number of the folder that holds the note; 0 where it is not known, and in notes of earlier versions.</param>
/// <param name="Folder">The link folder: relative where it is below the project's folder, so that a copy is right; else absolute.</param>
/// <param name="Names">Of the links, sorted.</param>
sealed record LinkNote(string Project, ulong Inode, string Folder, ImmutableArray<string> Names)
{
    const string Header = "lightnix-links/2";

    public static LinkNote Of(string project, string notes, string folder, IEnumerable<string> names) => new(
        project,
        InodeOf(notes),
        Short(Path.GetDirectoryName(project)!, Path.TrimEndingDirectorySeparator(folder)),
        [.. names.Order(StringComparer.Ordinal)]);

    /// <summary>Null where there is no note, or one that cannot be understood.</summary>
    public static LinkNote? Read(string file)
    {
        var lines = Files.TryRead(file) is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\n') : [];
        return lines switch
        {
            [Header, var project, var inode, var folder, .. var names] when TryParse(inode, out var number) =>
                new(project, number, folder, [.. names]),
            // Of earlier versions: the folder, absolute, and the names.
            [var folder, .. var names] when Path.IsPathFullyQualified(folder) => new("", 0, folder, [.. names]),
            _ => null,
        };
    }

    static bool TryParse(string inode, out ulong number) =>
        ulong.TryParse(inode, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    public byte[] ToBytes() =>
        Encoding.UTF8.GetBytes(string.Join('\n', [Header, Project, Inode.ToString(CultureInfo.InvariantCulture), Folder, .. Names]));

    public bool Says(LinkNote other) =>
        Project == other.Project && Inode == other.Inode && Folder == other.Folder && Names.SequenceEqual(other.Names);

    /// <summary>The link folder, absolute.</summary>
    public string FolderFor(string project) => Path.GetFullPath(Path.TrimEndingDirectorySeparator(Folder), Path.GetDirectoryName(project)!);

    /// <summary>True when the noted links are this project's. Links below its own folder always are. Others are only where the note was
    /// written here, for this project: a copy of the folder has a copy of the note, which names the original's links.</summary>
    public bool IsOf(string project, string notes) =>
        IsBelow(Path.GetDirectoryName(project)!, FolderFor(project)) || (Project == project && Inode == InodeOf(notes));

    /// <summary>False in a copy of the folder, and where inodes are not known.</summary>
    public bool IsWrittenIn(string notes) => Inode != 0 && Inode == InodeOf(notes);

    static string Short(string home, string folder) => IsBelow(home, folder) ? Path.GetRelativePath(home, folder) : folder;

    // A link on the way leads elsewhere, and a copy of it leads there too.
    static bool IsBelow(string home, string folder)
    {
        var top = Path.TrimEndingDirectorySeparator(home);
        for (var at = Path.TrimEndingDirectorySeparator(folder); at is not null && at.Length > top.Length; at = Path.GetDirectoryName(at))
        {
            if (Files.Facts(at)?.Kind == FileKind.Link)
                return false;
            if (Path.GetDirectoryName(at) == top)
                return true;
        }
        return false;
    }

    static ulong InodeOf(string folder) => Files.Facts(folder, follow: true)?.Inode?.Number ?? 0;
}

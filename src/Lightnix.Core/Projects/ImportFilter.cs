using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Leaves out of an imported folder what builds write there, by the rules for sources. An author's own links to such files are
/// collected: he wants them, and they cannot be taken.</summary>
/// <param name="folder">The imported folder, absolute.</param>
/// <param name="project">The project's folder, absolute.</param>
sealed class ImportFilter(WrittenFiles written, string folder, string project)
{
    readonly string _root = written.Real(Path.TrimEndingDirectorySeparator(folder));
    readonly List<(string Path, WrittenPath Written)> _refused = [];

    public ImmutableArray<(string Path, WrittenPath Written)> Refused => [.. _refused];

    public WalkChoice Choose(string path, FileKind kind)
    {
        var real = _root + path[Path.TrimEndingDirectorySeparator(folder).Length..];
        if (LockFile.IsName(Path.GetFileName(real)))
            return WalkChoice.LeaveOut;
        var isLink = kind == FileKind.Link;
        if (written.Why(real, project, kind == FileKind.Folder, byShape: isLink, isReal: !isLink) is { } why)
        {
            if (isLink && !IsOfLinkFolder(real))
                _refused.Add((path, why));
            return WalkChoice.LeaveOut;
        }
        return kind switch
        {
            FileKind.Folder when MayHoldLinks(real) => WalkChoice.TakeContents,
            FileKind.File when IsOfLinkFolder(real) => WalkChoice.LeaveOut,
            _ => WalkChoice.Take,
        };
    }

    // bin, or the folder of several links in it.
    static bool MayHoldLinks(string folder) =>
        WrittenFiles.IsLinkFolder(folder) || (WrittenFiles.IsLinkFolder(Path.GetDirectoryName(folder)!) && Files.Names(folder).Any());

    // bin/model, or bin/model/1 of several; a text file where no link can be made. The imported folder itself is what its author wants.
    bool IsOfLinkFolder(string link)
    {
        var parent = Path.GetDirectoryName(link)!;
        var above = Path.GetFileName(link).All(char.IsAsciiDigit) ? Path.GetDirectoryName(parent) : null;
        return new[] { parent, above }.Any(f => f is not null && f.Length > _root.Length && WrittenFiles.IsLinkFolder(f))
            && ResultLinks.IsTree(FolderLinks.Target(link));
    }
}

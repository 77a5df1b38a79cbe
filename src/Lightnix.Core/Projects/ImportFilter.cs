using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>
/// Leaves out of an imported folder what builds write there, by the rules for sources. Links of an author that lead to such files are collected: the
/// author wants them, and they cannot be taken.
/// </summary>
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
        if (written.Why(real, project, kind == FileKind.Folder, byShape: kind == FileKind.Link, isReal: kind != FileKind.Link) is not { } why)
        {
            return kind == FileKind.Folder && MayHoldLinks(real) ? WalkChoice.TakeContents
                : kind == FileKind.File && IsOfLinkFolder(real) ? WalkChoice.LeaveOut
                : WalkChoice.Take;
        }
        if (kind == FileKind.Link && !IsOfLinkFolder(real))
            _refused.Add((path, why));
        return WalkChoice.LeaveOut;
    }

    // bin, or the folder of several links in it.
    static bool MayHoldLinks(string folder) =>
        WrittenFiles.IsLinkFolder(folder) || (WrittenFiles.IsLinkFolder(Path.GetDirectoryName(folder)!) && Files.Names(folder).Any());

    // bin/model, or bin/model/1 of several; a file with the place, where no link can be made. The imported folder itself is what its author wants.
    bool IsOfLinkFolder(string link)
    {
        var parent = Path.GetDirectoryName(link)!;
        var above = Path.GetFileName(link).All(char.IsAsciiDigit) ? Path.GetDirectoryName(parent) : null;
        return new[] { parent, above }.Any(f => f is not null && f.Length > _root.Length && WrittenFiles.IsLinkFolder(f))
            && ResultLinks.IsTree(FolderLinks.Target(link));
    }
}

namespace Lightnix.Storage;

/// <summary>A file, folder or link that a <see cref="FolderWalk"/> found.</summary>
/// <param name="File">Where it is, absolute.</param>
sealed record WalkedEntry(RelativePath Path, string File, FileFacts Facts)
{
    /// <summary>Of a link.</summary>
    public string? Target { get; init; }

    /// <summary>Of a folder of which nothing is taken but the folder.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>As a tree has it; null for a folder that holds something, and for what is no file any more.</summary>
    /// <param name="read">Gives the digest and the size of the file; null where it is gone.</param>
    public TreeEntry? ToTreeEntry(Func<(Digest Digest, long Size)?> read)
    {
        if (Target is not null)
            return new TreeEntry.Link(Path, Target);
        if (IsEmpty)
            return new TreeEntry.EmptyFolder(Path);
        return Facts.Kind == FileKind.File && read() is ({ } digest, var size)
            ? new TreeEntry.File(Path, digest, size, FileModes.IsExecutable(Facts)) : null;
    }
}

using Lightnix.Hashing;

namespace Lightnix.Storage;

/// <summary>Each distinct content of a file once, to be shared by trees as hard links.</summary>
sealed class ContentStore(StoreLayout layout, Disk disk, Func<Session> session)
{
    /// <summary>Puts a file's bytes at a path of a tree in the making; null where the source is no file any more. What is there afterwards is synced and read-only.</summary>
    public (Digest Digest, long Size)? Put(string source, bool executable, string destination, bool follow)
    {
        var copy = session().NewFile();
        if (disk.Copy(source, copy, follow) is not ({ } digest, var size) content)
            return null;
        var shared = layout.ContentOf(digest, executable);
        if (TryShare(shared, content, executable, destination))
        {
            disk.Delete(copy);
            return content;
        }
        disk.Finish(copy, ContentTime.Of(digest), ModeOf(executable));
        disk.NeedFolder(Path.GetDirectoryName(shared)!);
        if (disk.TryLink(copy, shared))
        {
            disk.Replace(copy, destination);
        }
        else if (TryShare(shared, content, executable, destination))
        {
            // Somebody else stored the same bytes meanwhile.
            disk.Delete(copy);
        }
        else if (disk.TryLink(copy, destination))
        {
            // The shared one is damaged, has as many names as the file system allows, or is another user's, which the kernel does not let us link:
            // the fresh copy takes its place, for those who come.
            disk.Replace(copy, shared);
        }
        else
        {
            // A file system without hard links: this tree has a copy of its own.
            disk.Replace(copy, destination);
        }
        return content;
    }

    public static int ModeOf(bool executable) => executable ? Disk.ReadOnlyExecutable : Disk.ReadOnly;

    /// <summary>A cheap look: a stored file that was written to since has another time, unless somebody took the pains to set it back.</summary>
    public static bool LooksSound(FileFacts? facts, Digest digest, long size, bool executable) =>
        facts is { Kind: FileKind.File } && facts.Size == size
        && facts.Modified == ContentTime.Of(digest) * 1_000_000_000
        && (OperatingSystem.IsWindows() || (facts.Mode & 0x1FF) == ModeOf(executable));

    bool TryShare(string shared, (Digest Digest, long Size) content, bool executable, string destination) =>
        LooksSound(Files.Facts(shared), content.Digest, content.Size, executable) && disk.TryLink(shared, destination);
}

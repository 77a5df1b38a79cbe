namespace Lightnix.Storage;

/// <summary>What a stored file looks like, in a tree as in <c>files/</c>.</summary>
static class StoredContent
{
    public static int ModeOf(bool executable) => executable ? Disk.ReadOnlyExecutable : Disk.ReadOnly;

    /// <summary>True when no other bit is set either, as set-id.</summary>
    public static bool HasMode(FileFacts facts, bool executable) => FileModes.Are(facts, ModeOf(executable));

    /// <summary>A cheap look: a stored file that was changed has another time, unless that was set back.</summary>
    public static bool LooksSound(FileFacts? facts, Digest digest, long size, bool executable) =>
        facts is { Kind: FileKind.File } && facts.Size == size
        && facts.Modified == ContentTime.Of(digest) * 1_000_000_000
        && (!FileModes.Exist || (facts.Mode & 0x1FF) == ModeOf(executable));

    /// <summary>True when a file is what was stored. Where it does not look so, its content decides: a copy may have lost times and modes,
    /// which are then corrected.</summary>
    /// <param name="disk">Null: nothing is changed.</param>
    public static bool IsSound(string path, FileFacts? facts, Digest digest, long size, bool executable, Disk? disk)
    {
        if (LooksSound(facts, digest, size, executable))
            return true;
        if (facts is not { Kind: FileKind.File } || facts.Size != size || !IntactCopies.Is(path, digest))
            return false;
        try
        {
            disk?.SetMode(path, ModeOf(executable));
            disk?.SetTime(path, ContentTime.Of(digest));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or on a disk that may only be read.
        }
        return true;
    }
}

namespace Lightnix.Storage;

/// <summary>What the file system says of one file, folder or link.</summary>
/// <param name="Mode">The twelve permission bits; on systems without them, a guess from the read-only flag.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Links">How many names the inode has; 1 where that is not to be had.</param>
/// <param name="Modified">Nanoseconds since 1970.</param>
/// <param name="Inode">Null where the system has none.</param>
sealed record FileFacts(FileKind Kind, int Mode, long Size, long Links, long Modified, InodeFacts? Inode)
{
    public const int OwnerRead = 0x100, OwnerWrite = 0x80, OwnerExecute = 0x40, SetUser = 0x800, SetGroup = 0x400;

    public bool IsExecutable => (Mode & OwnerExecute) != 0;

    /// <summary>When it was modified; the beginning of 1970 where nothing is.</summary>
    public static DateTimeOffset TimeOf(FileFacts? facts) => DateTimeOffset.UnixEpoch.AddTicks((facts?.Modified ?? 0) / 100);
}

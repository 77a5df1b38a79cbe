using Lightnix.Hashing;

namespace Lightnix.Storage;

/// <summary>What a stored file looks like, in a tree as in <c>files/</c>.</summary>
static class StoredContent
{
    public static int ModeOf(bool executable) => executable ? Disk.ReadOnlyExecutable : Disk.ReadOnly;

    /// <summary>True when no other bit is set either, as set-id.</summary>
    public static bool HasMode(FileFacts facts, bool executable) => OperatingSystem.IsWindows() || facts.Mode == ModeOf(executable);

    /// <summary>A cheap look: a stored file that was written to since has another time, unless somebody took the pains to set it back.</summary>
    public static bool LooksSound(FileFacts? facts, Digest digest, long size, bool executable) =>
        facts is { Kind: FileKind.File } && facts.Size == size
        && facts.Modified == ContentTime.Of(digest) * 1_000_000_000
        && (OperatingSystem.IsWindows() || (facts.Mode & 0x1FF) == ModeOf(executable));
}

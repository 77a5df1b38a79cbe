namespace Lightnix.Storage;

/// <summary>Permission bits of files and folders. Windows has none, so every mode is right there.</summary>
static class FileModes
{
    /// <summary>True where the system has permission bits.</summary>
    public static bool Exist { get; } = !OperatingSystem.IsWindows();

    /// <summary>True when the permission bits are exactly these.</summary>
    public static bool Are(FileFacts facts, int mode) => !Exist || facts.Mode == mode;

    /// <summary>True of a read-only folder. It may inherit set-group from a store that a team shares.</summary>
    public static bool IsReadOnlyFolder(FileFacts facts) => !Exist || (facts.Mode & ~FileFacts.SetGroup) == Disk.ReadOnlyExecutable;

    public static bool IsExecutable(FileFacts facts) => Exist && facts.IsExecutable;

    /// <summary>Adds permission bits to a file or folder of Lightnix's own that lacks them.</summary>
    public static void Add(string path, FileFacts facts, int bits)
    {
        if (Native.IsLinux && (facts.Mode & bits) != bits)
            _ = Native.SetMode(path, facts.Mode | bits);
    }
}

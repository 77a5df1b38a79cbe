namespace Lightnix.Storage;

/// <summary>Renaming by what .NET offers.</summary>
static class PortableRenaming
{
    const int MostTries = 200;

    /// <summary>Renames a file, in the place of what has that name.</summary>
    /// <remarks>Windows replaces no read-only file, and none that another process has open for a moment.</remarks>
    public static void Replace(string from, string to)
    {
        for (var left = MostTries; ; left--)
        {
            try
            {
                File.Move(from, to, overwrite: true);
                return;
            }
            catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows() && left > 0 && File.Exists(from))
            {
                Native.DeleteOnWindows(to);
                Thread.Sleep(left == MostTries ? 0 : 1);
            }
        }
    }
}

namespace Lightnix.Storage;

/// <summary>Deleting files and folders of any mode by what .NET offers: for systems without <see cref="Native.DeleteAll"/>. Links are
/// deleted, and never followed.</summary>
static class PortableDeleting
{
    /// <summary>Deletes a file, a link, or a folder with all that is in it, whatever its modes. False where something stayed.</summary>
    public static bool All(string path) => TryAll(path, out _);

    /// <param name="why">What the system said; null where nothing stayed.</param>
    /// <inheritdoc cref="All"/>
    public static bool TryAll(string path, out string? why)
    {
        why = null;
        try
        {
            var folders = new List<string>();
            var pending = new Stack<string>([path]);
            while (pending.TryPop(out var at))
            {
                if (!IsFolder(at))
                {
                    DeleteName(at);
                    continue;
                }
                folders.Add(at);
                MakeWritable(at);
                foreach (var entry in Directory.EnumerateFileSystemEntries(at, "*", Everything))
                    pending.Push(entry);
            }
            // Contents of a folder were found after the folder.
            for (var i = folders.Count - 1; i >= 0; i--)
                DeleteFolder(folders[i]);
            return true;
        }
        catch (DirectoryNotFoundException e)
        {
            why = Path.Exists(path) ? e.Message : null;
            return why is null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = e.Message;
            return false;
        }
    }

    static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, MatchType = MatchType.Simple };

    // A link's target stays. A junction is a link too.
    static bool IsFolder(string path) => Directory.Exists(path) && !IsLink(path);

    static bool IsLink(string path) =>
        File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint) || new FileInfo(path).LinkTarget is not null;

    static void MakeWritable(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)Disk.WritableFolder);
    }

    static void DeleteFolder(string path)
    {
        if (!OperatingSystem.IsWindows() || !Native.DeleteOnWindows(path))
            Directory.Delete(path);
    }

    // The mode of a file belongs to its inode, which other trees may have. Deleting a name needs no mode; Windows needs the attribute.
    static void DeleteName(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows() && Native.DeleteOnWindows(path))
                return;
            if (OperatingSystem.IsWindows() && Directory.Exists(path))
                Directory.Delete(path);
            else
                File.Delete(path);
        }
        catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows())
        {
            File.SetAttributes(path, FileAttributes.Normal);
            File.Delete(path);
        }
    }
}

namespace Lightnix.Sdk;

/// <summary>Folders that stores are in: their contents are read-only.</summary>
static class Folder
{
    public static void Delete(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        MakeWritable(new DirectoryInfo(folder));
        Directory.Delete(folder, recursive: true);
    }

    static void MakeWritable(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode |= UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.UserRead;
        foreach (var child in folder.EnumerateDirectories().Where(d => d.LinkTarget is null))
            MakeWritable(child);
        if (OperatingSystem.IsWindows())
        {
            foreach (var file in folder.EnumerateFiles())
                file.IsReadOnly = false;
        }
    }
}

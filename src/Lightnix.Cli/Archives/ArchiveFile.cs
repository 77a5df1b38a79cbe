namespace Lightnix.Cli;

/// <summary>The file of an archive: it appears whole or not at all.</summary>
static class ArchiveFile
{
    /// <summary>Standard input or output.</summary>
    const string Standard = "-";

    const string Unfinished = ".unfinished";

    /// <returns>Its size in bytes.</returns>
    public static long Write(string file, Action<Stream> write)
    {
        if (file == Standard)
        {
            using var output = Console.OpenStandardOutput();
            Output.Write(() => write(output));
            return 0;
        }
        var path = Path.GetFullPath(file);
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw new MistakeException($"there is no folder '{folder}' for '{file}'");
        if (Directory.Exists(path))
            throw new MistakeException($"'{file}' is a folder: name a file");
        var prefix = $".{Path.GetFileName(path)}.";
        RemoveLeftovers(folder, prefix);
        var temporary = Path.Combine(folder, $"{prefix}{Path.GetRandomFileName()}{Unfinished}");
        try
        {
            Output.Write(() =>
            {
                WriteTo(temporary, write);
                File.Move(temporary, path, overwrite: true);
            }, $"'{file}'");
            return new FileInfo(path).Length;
        }
        catch (Exception)
        {
            File.Delete(temporary);
            throw;
        }
    }

    // Of a process that was killed. One that still writes its file has it locked.
    static void RemoveLeftovers(string folder, string prefix)
    {
        try
        {
            foreach (var file in Directory.GetFiles(folder).Where(f => IsLeftover(Path.GetFileName(f), prefix)))
                RemoveUnlessLocked(file);
        }
        catch (UnauthorizedAccessException)
        {
            // A folder that may not be listed.
        }
    }

    static bool IsLeftover(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Unfinished, StringComparison.Ordinal);

    static void RemoveUnlessLocked(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another export goes on, or it is another user's.
        }
    }

    static void WriteTo(string file, Action<Stream> write)
    {
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        write(stream);
    }

    public static bool IsThere(string file) => file == Standard || File.Exists(file);

    public static Stream Open(string file) => file == Standard ? Console.OpenStandardInput() : File.OpenRead(file);
}

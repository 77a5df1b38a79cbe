namespace Lightnix.Cli;

/// <summary>The file of an archive: it appears whole or not at all.</summary>
static class ArchiveFile
{
    /// <summary>Standard input or output.</summary>
    const string Standard = "-";

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
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            Output.Write(() => WriteTo(temporary, write), $"'{file}'");
            File.Move(temporary, path, overwrite: true);
            return new FileInfo(path).Length;
        }
        catch (Exception)
        {
            File.Delete(temporary);
            throw;
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

namespace Lightnix.Storage;

/// <summary>A file outside of any store that appears whole or not at all. What a killed process left beside it, the next one
/// removes.</summary>
public static class WholeFile
{
    const string Unfinished = ".unfinished";

    /// <summary>Writes a file, or replaces one. A device or a pipe is written to as it is: replaced, it would be gone.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Files.Facts(path) is { Kind: FileKind.Link } ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : path;
        if (Files.Facts(target) is { Kind: not FileKind.File })
        {
            using var stream = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(stream);
            return;
        }
        var (folder, prefix) = (Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.");
        RemoveLeftovers(folder, prefix);
        Files.Replace(target, Path.Combine(folder, $"{prefix}{Path.GetRandomFileName()}{Unfinished}"), temporary =>
        {
            using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
            write(stream);
        });
    }

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

    // One that still writes its file has it locked.
    static void RemoveUnlessLocked(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process writes it, or it is another user's.
        }
    }
}

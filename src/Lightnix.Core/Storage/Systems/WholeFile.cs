namespace Lightnix.Storage;

/// <summary>A file outside of any store that appears whole or not at all.</summary>
public static class WholeFile
{
    /// <summary>Writes a file, or replaces one. A device or a pipe is written to as it is: replaced, it would be gone.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        if (Files.Facts(target) is { Kind: not FileKind.File })
        {
            using var stream = File.OpenWrite(target);
            write(stream);
            return;
        }
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                write(stream);
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception)
        {
            File.Delete(temporary);
            throw;
        }
    }
}

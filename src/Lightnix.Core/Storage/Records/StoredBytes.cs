namespace Lightnix.Storage;

/// <summary>Reading a file of a store outside of a build.</summary>
public static class StoredBytes
{
    /// <summary>Opens a file; null where there is none, or something else, such as a pipe, at which a reader would wait for ever.</summary>
    public static Stream? TryOpen(string file) =>
        Files.Facts(file)?.Kind == FileKind.File && Files.OpenForReading(file) is { } handle
            ? new FileStream(handle, FileAccess.Read)
            : null;

    /// <summary>The end of a text file, whose first line may be cut; null where there is none.</summary>
    public static string? ReadEnd(string file, int mostBytes)
    {
        using var stream = TryOpen(file);
        if (stream is null)
            return null;
        stream.Seek(-Math.Min(mostBytes, stream.Length), SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

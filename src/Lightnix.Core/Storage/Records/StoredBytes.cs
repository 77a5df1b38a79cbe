namespace Lightnix.Storage;

/// <summary>Reading a file of a store outside of a build.</summary>
public static class StoredBytes
{
    /// <summary>Opens a file; null where there is none, or something else, such as a pipe, at which a reader would wait for ever.</summary>
    public static Stream? TryOpen(string file) =>
        Files.Facts(file)?.Kind == FileKind.File && Files.OpenForReading(file) is { } handle
            ? new FileStream(handle, FileAccess.Read)
            : null;
}

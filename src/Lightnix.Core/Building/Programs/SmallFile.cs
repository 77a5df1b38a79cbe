namespace Lightnix.Building;

/// <summary>Reads text files of other authors. Missing and unreadable files, and FIFOs, which would block, count as empty.</summary>
static class SmallFile
{
    /// <summary>The text of a file; null for an empty or a larger one.</summary>
    /// <param name="most">Greatest size in bytes.</param>
    public static string? Read(string file, int most) => Try(file, info => info.Length <= most ? File.ReadAllText(file) : null);

    public static ReadOnlySpan<byte> Beginning(string file, int most) => Try(file, _ =>
    {
        using var stream = File.OpenRead(file);
        var bytes = new byte[most];
        return bytes[..stream.ReadAtLeast(bytes, most, throwOnEndOfStream: false)];
    });

    static T? Try<T>(string file, Func<FileInfo, T?> read)
        where T : class
    {
        try
        {
            return new FileInfo(ProgramQuestions.RealPath(file)) is { Exists: true, Length: > 0 } info ? read(info) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

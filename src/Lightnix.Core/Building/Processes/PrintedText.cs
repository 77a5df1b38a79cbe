namespace Lightnix.Building;

/// <summary>Reads the beginning of what another process printed for Lightnix. Such a process may print without end.</summary>
static class PrintedText
{
    const int Most = 64 * 1024;

    /// <summary>Makes a file for another process, and opens it before that process can change its mode.</summary>
    public static FileStream Make(string file) =>
        new(file, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>The beginning of a file, with bytes that are not UTF-8 made visible.</summary>
    public static async Task<string> ReadAsync(string file)
    {
        await using var stream =
            new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return await ReadAsync(stream).ConfigureAwait(false);
    }

    /// <inheritdoc cref="ReadAsync(string)"/>
    public static async Task<string> ReadAsync(FileStream stream)
    {
        var bytes = new byte[Most];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false).ConfigureAwait(false);
        return Visible.Bytes(bytes.AsSpan(0, read));
    }
}

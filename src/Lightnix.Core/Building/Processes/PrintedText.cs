using Lightnix.Model;

namespace Lightnix.Building;

/// <summary>
/// Reads what another process printed for Lightnix itself. Such a process may print for ever, so only the beginning counts.
/// </summary>
static class PrintedText
{
    const int Most = 64 * 1024;

    /// <summary>A file for another process to print to. It is open before that process can change its mode.</summary>
    public static FileStream Make(string file) =>
        new(file, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>The beginning of a file; bytes that are not UTF-8 are made visible.</summary>
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

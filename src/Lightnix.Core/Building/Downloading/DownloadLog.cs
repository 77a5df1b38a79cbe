using System.Diagnostics;

namespace Lightnix.Building;

/// <summary>Lines about a download, for people, appended to its log.</summary>
sealed class DownloadLog(string file)
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    readonly Stopwatch _sinceProgress = Stopwatch.StartNew();

    public void Write(string line) => File.AppendAllText(file, line + "\n");

    /// <summary>Writes the progress now and then.</summary>
    /// <param name="total">In bytes; null when the server does not say.</param>
    public void Progress(long bytes, long? total)
    {
        if (_sinceProgress.Elapsed < Every)
            return;
        _sinceProgress.Restart();
        Write(total is { } all ? $"  {Size(bytes)} of {Size(all)}" : $"  {Size(bytes)}");
    }

    public static string Size(long bytes) =>
        bytes < 1024 * 1024 ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):F1} MiB");
}

using System.Formats.Tar;
using Lightnix.Hashing;

namespace Lightnix.Building;

/// <summary>Makes archives, and unpacks them as downloads.</summary>
sealed class ArchiveBench : IDisposable
{
    public const string Tar = "tar --owner=0 --group=0";

    readonly BuilderBench _bench = new();

    public BuilderBench Bench => _bench;

    public void Dispose() => _bench.Dispose();

    public async Task<DownloadOutcome> Unpack(byte[] archive)
    {
        var file = Path.Combine(_bench.Root, "source");
        await File.WriteAllBytesAsync(file, archive);
        Directory.Delete(_bench.Out, recursive: true);
        Directory.CreateDirectory(_bench.Out);
        return await _bench.Builders.Downloads.FetchAsync(
            new(["file://" + file], Digest.Of(archive), "a.tar", true, _bench.Out, _bench.LogFile, null), CancellationToken.None);
    }

    public async Task<byte[]> Made(string command)
    {
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh(command));
        return await File.ReadAllBytesAsync(Path.Combine(_bench.Folder, "a"));
    }

    public async Task AssertRefused(string why, byte[] archive) =>
        Assert.StartsWith("'a.tar' cannot be unpacked: " + why, Assert.IsType<DownloadOutcome.Failed>(await Unpack(archive)).Reason,
            StringComparison.Ordinal);

    public async Task AssertNameRefused(string why, byte[] archive) =>
        Assert.StartsWith("'a.tar' cannot be unpacked: " + why, Assert.IsType<DownloadOutcome.Refused>(await Unpack(archive)).Reason,
            StringComparison.Ordinal);

    public string Unpacked() => string.Join(' ', Directory.GetFiles(_bench.Out, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(_bench.Out, f)).Order(StringComparer.Ordinal)
        .Select(f => new FileInfo(Path.Combine(_bench.Out, f)).LinkTarget is { } target ? $"{f}>{target}"
            : $"{f}={File.ReadAllText(Path.Combine(_bench.Out, f))}"));

    public static byte[] TarOf(params TarEntry[] entries)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        return stream.ToArray();
    }

    public static byte[] Packed(byte[] tar, Func<Stream, Stream> by)
    {
        using var stream = new MemoryStream();
        using (var packed = by(stream))
            packed.Write(tar);
        return stream.ToArray();
    }

    public static byte[] Checksummed(byte[] archive)
    {
        archive.AsSpan(148, 8).Fill((byte)' ');
        var sum = archive.Take(512).Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0", archive.AsSpan(148));
        return archive;
    }

    public static byte[] Changed(byte[] bytes, int at, int to)
    {
        byte[] changed = [.. bytes];
        changed[at] = (byte)to;
        return changed;
    }
}

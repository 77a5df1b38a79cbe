using System.Formats.Tar;
using System.IO.Compression;
using Lightnix.Hashing;
using ZstdSharp;
using static Lightnix.Building.ArchiveBench;

namespace Lightnix.Building;

/// <summary>Compressed archives are verified to their ends, and read whole.</summary>
[Trait("Speed", "Slow")]
public sealed class CompressedArchives : IDisposable
{
    readonly ArchiveBench _archives = new();

    public void Dispose() => _archives.Dispose();

    [Fact]
    public async Task Gzip_data_is_verified_to_its_end()
    {
        var tar = TarOf(new UstarTarEntry(TarEntryType.RegularFile, "x"));
        var packed = Packed(tar, s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true));
        foreach (var at in new[] { 1, 4, 8 })
            await _archives.AssertRefused("its gzip data is damaged or cut short", packed[..^at]);
        packed[^6] ^= 1;
        await _archives.AssertRefused("its gzip data is damaged or cut short", packed);
        packed[^6] ^= 1;
        await _archives.AssertRefused("it goes on after the end of its gzip data", [.. packed, .. "more"u8]);
        await _archives.AssertRefused("its gzip header says what is not known", [.. packed[..3], 0x80, .. packed[4..]]);
        Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack([.. packed, .. new byte[1000]]));
        // A member for each half, as pigz and bgzip write; the checksum of a header, and a name in it.
        var halves = new[] { tar[..700], tar[700..] }.SelectMany(
            half => Packed(half, s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true)));
        Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack([.. halves]));
        byte[] header = [0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3, (byte)'n', 0, (byte)'c', 0];
        var checksum = Crc32.Of(header);
        Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack([.. header, (byte)checksum, (byte)(checksum >> 8), .. packed[10..]]));
        await _archives.AssertRefused("the checksum of its gzip header is wrong",
            [.. header, (byte)~checksum, (byte)(checksum >> 8), .. packed[10..]]);
    }

    [LinuxTheory]
    [InlineData("gzip -1")]
    [InlineData("gzip -9")]
    [InlineData("zstd -q --check")]
    public async Task Large_archives_are_read_whole(string packer)
    {
        if (packer.StartsWith("zstd", StringComparison.Ordinal) && await _archives.Bench.Sh("zstd --version") is not BuildOutcome.Completed)
            return;
        var archive =
            await _archives.Made(
                $"mkdir t; head -c 3000000 /dev/urandom > t/random; yes 12345678 | head -c 5000000 > t/text; {Tar} -c -C t . | "
            + $"{packer} > a");
        Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack(archive));
        Assert.IsType<BuildOutcome.Completed>(await _archives.Bench.Sh("diff -r t out"));
    }

    [LinuxFact]
    public async Task Zeros_without_end_behind_an_archive_can_be_stopped()
    {
        var archive = await _archives.Made("head -c 1G /dev/zero | gzip -1 > a");
        var file = Path.Combine(_archives.Bench.Root, "source");
        await File.WriteAllBytesAsync(file, archive);
        using var stop = new CancellationTokenSource();
        // A thread of its own: timers of a busy machine may come too late.
        var stopper = new Thread(() =>
        {
            Thread.Sleep(100);
            stop.Cancel();
        });
        stopper.Start();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _archives.Bench.Builders.Downloads.FetchAsync(
                new(["file://" + file], Digest.Of(archive), "a.tar", true, _archives.Bench.Out, _archives.Bench.LogFile, null),
                    stop.Token));
    }

    [Fact]
    public async Task Zstandard_data_is_verified_to_its_end()
    {
        var packed = Packed(TarOf(new UstarTarEntry(TarEntryType.RegularFile, "x")), s =>
        {
            var stream = new CompressionStream(s, 3, leaveOpen: true);
            stream.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            return stream;
        });
        byte[] skipped = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
        Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack([.. packed, .. skipped]));
        Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack([.. skipped, .. packed]));
        await _archives.AssertRefused("", packed[..^1]);
        await _archives.AssertRefused("its zstd data is damaged or cut short, or goes on with something else", [.. packed, .. "more"u8]);
        packed[^1] ^= 1;
        await _archives.AssertRefused("", packed);
    }

    [LinuxTheory]
    [InlineData("bzip2", "bzip2")]
    [InlineData("xz", "xz")]
    public async Task Another_format_is_named(string packer, string name)
    {
        if (await _archives.Bench.Sh($"command -v {packer}") is BuildOutcome.Completed)
            await _archives.AssertRefused($"it is no zip, tar, tar.gz or tar.zst, but {name}; download it without Unpack",
                await _archives.Made($"echo 1 > x; {Tar} -c x | {packer} > a"));
    }

    [Fact]
    public async Task Empty_members_of_a_gzip_file_are_members()
    {
        var tar = new RawTar().Add("x", "1").ToArray();
        byte[] Gzip(byte[] bytes) => Packed(bytes, s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true));
        // As `gzip` and `bgzip` write them, by `pigz` with a flush before the end, and with zeros in the header that look like a trailer.
        byte[] plain = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, .. new byte[8]],
            flushed = [.. plain[..10], 0, 0, 0, 0xff, 0xff, .. plain[10..]];
        byte[] bgzip = [0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 0x42, 0x43, 2, 0, 0x1b, 0, .. plain[10..]],
            zeros = [.. plain[..3], 4, .. plain[4..10], 9, 0, .. new byte[9], .. plain[10..]];
        foreach (var empty in new[] { plain, flushed, bgzip, zeros })
        {
            byte[][] files = [[.. empty, .. Gzip(tar)], [.. Gzip(tar), .. empty, .. empty],
                [.. Gzip(tar[..700]), .. empty, .. Gzip(tar[700..]), .. empty, .. new byte[100]]];
            foreach (var file in files)
            {
                Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack(file));
                Assert.Equal("x=1", _archives.Unpacked());
            }
        }
    }

    [LinuxTheory]
    [InlineData("pzstd -q -p 2 a.tar -o a")]
    [InlineData("zip -qs 64k a.zip x")]
    public async Task A_mark_before_an_archive_is_passed_over(string packer)
    {
        if (await _archives.Bench.Sh($"command -v {packer.Split(' ')[0]}") is not BuildOutcome.Completed)
            return;
        Assert.IsType<DownloadOutcome.Fetched>(
            await _archives.Unpack(
                await _archives.Made($"echo 1 > x; {Tar} -cf a.tar x; {packer}; if test -e a.zip; then mv a.zip a; fi")));
        Assert.Equal("x=1\n", _archives.Unpacked());
    }
}

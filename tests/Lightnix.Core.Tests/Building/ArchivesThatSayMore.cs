using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Lightnix.Hashing;
using ZstdSharp;

namespace Lightnix.Building;

/// <summary>What .NET's readers of archives pass over: it is understood, or the archive is refused.</summary>
public sealed class ArchivesThatSayMore : IDisposable
{
    const string Tar = "tar --owner=0 --group=0";

    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    async Task<DownloadOutcome> Unpack(byte[] archive)
    {
        var file = Path.Combine(_bench.Root, "source");
        await File.WriteAllBytesAsync(file, archive);
        return await _bench.Builders.DownloadAsync(new(["file://" + file], Digest.Of(archive), "a.tar", true, _bench.Out, _bench.LogFile, null), CancellationToken.None);
    }

    async Task<byte[]> Made(string command)
    {
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh(command));
        return await File.ReadAllBytesAsync(Path.Combine(_bench.Folder, "a"));
    }

    async Task AssertRefused(string why, byte[] archive) =>
        Assert.StartsWith("'a.tar' cannot be unpacked: " + why, Assert.IsType<DownloadOutcome.Failed>(await Unpack(archive)).Reason, StringComparison.Ordinal);

    async Task AssertNameRefused(string why, byte[] archive) =>
        Assert.StartsWith("'a.tar' cannot be unpacked: " + why, Assert.IsType<DownloadOutcome.Refused>(await Unpack(archive)).Reason, StringComparison.Ordinal);

    [LinuxTheory]
    [InlineData("--format=posix --sparse-version=1.0")]
    [InlineData("--format=posix --sparse-version=0.1")]
    [InlineData("--format=posix --sparse-version=0.0")]
    [InlineData("--format=gnu")]
    [InlineData("--format=oldgnu")]
    public async Task Files_with_holes_are_unpacked_as_tar_does(string format)
    {
        // More regions than one header holds, a hole at the end, a file that is nothing but a hole, a long name.
        var archive = await Made("mkdir -p t/$(printf 'n%.0s' $(seq 120)); cd t; truncate -s 5M weights.bin; for i in $(seq 0 40); do printf \"HELLO$i\" | dd of=weights.bin bs=1 seek=$((i * 100000)) conv=notrunc status=none; done; "
            + $"truncate -s 300K hole; cp --sparse=always weights.bin n*/; echo plain > plain.txt; cd ..; {Tar} --sparse {format} -cf a -C t .; test $(stat -c %s a) -lt 1000000");
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(archive));
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("diff -r t out && test $(du -k out/hole | cut -f1) -lt 100"));
    }

    [LinuxTheory]
    [InlineData("GNU.sparse.major=2", "its holes are written in version 2.0")]
    [InlineData("GNU.sparse.map=0,9;GNU.sparse.size=5", "its list of holes contradicts itself")]
    [InlineData("GNU.sparse.map=0,3;GNU.sparse.size=5", "its list of holes does not fit its bytes")]
    [InlineData("GNU.sparse.map=3,1,0,3;GNU.sparse.size=5", "its list of holes contradicts itself")]
    [InlineData("GNU.sparse.map=0,5,6;GNU.sparse.size=9", "its list of holes is cut short")]
    [InlineData("GNU.sparse.map=0,99999999999999999999;GNU.sparse.size=5", "a number in its PAX header")]
    [InlineData("GNU.sparse.major=1;GNU.sparse.realsize=9", "its list of holes is damaged")]
    public async Task A_list_of_holes_that_makes_no_sense_is_refused(string records, string why)
    {
        Dictionary<string, string> attributes = records.Split(';').Select(r => r.Split('=')).ToDictionary(r => r[0], r => r[1]);
        await AssertRefused("its entry 'x' cannot be read: " + why, TarOf(new PaxTarEntry(TarEntryType.RegularFile, "x", attributes) { DataStream = new MemoryStream("hello"u8.ToArray()) }));
    }

    [LinuxTheory]
    [InlineData("WEIRD.compressed", "yes", false)]
    [InlineData("SUN.holesdata", " 0 5", false)]
    [InlineData("hdrcharset", "ISO-IR 8859 1 1998", false)]
    [InlineData("GNU.volume.offset", "5", false)]
    [InlineData("hdrcharset", "ISO-IR 10646 2000 UTF-8", true)]
    [InlineData("SCHILY.xattr.user.x", "1", true)]
    [InlineData("LIBARCHIVE.creationtime", "1", true)]
    [InlineData("comment", "x", true)]
    public async Task A_PAX_header_is_understood_or_refused(string key, string value, bool understood)
    {
        var archive = TarOf(new PaxTarEntry(TarEntryType.RegularFile, "x", new Dictionary<string, string> { [key] = value }) { DataStream = new MemoryStream("hello"u8.ToArray()) });
        if (understood)
            Assert.IsType<DownloadOutcome.Fetched>(await Unpack(archive));
        else
            Assert.Contains(key == "hdrcharset" ? value : key, Assert.IsType<DownloadOutcome.Failed>(await Unpack(archive)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_global_header_may_not_say_what_belongs_to_one() =>
        await AssertRefused("its global header gives all entries one 'path'", TarOf(new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["path"] = "y" })));

    [Fact]
    public async Task A_changed_byte_of_a_tar_header_is_noticed()
    {
        var archive = TarOf(new UstarTarEntry(TarEntryType.RegularFile, "x"));
        archive[0] = (byte)'y';
        await AssertRefused("the checksum of a tar header is wrong", archive);
    }

    [Theory]
    [InlineData(0x80, 1)] // 2^64 and more
    [InlineData(0xC0, 0)]
    [InlineData(0xFF, 0xFF)] // negative
    public async Task A_size_of_more_than_63_bits_is_refused(int first, int fourth)
    {
        var archive = TarOf(new UstarTarEntry(TarEntryType.RegularFile, "x"));
        archive.AsSpan(124, 12).Clear();
        (archive[124], archive[127], archive[128]) = ((byte)first, (byte)fourth, (byte)(fourth == 0 ? 0x80 : fourth));
        await AssertRefused("its entry 'x' cannot be read: the size in a tar header is negative or has more than 63 bits", Checksummed(archive));
    }

    [Fact]
    public async Task A_second_archive_behind_the_first_is_refused()
    {
        var archive = TarOf(new UstarTarEntry(TarEntryType.RegularFile, "x"));
        await AssertRefused("it goes on after its end", [.. archive, .. archive]);
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack([.. archive, .. new byte[20480]]));
    }

    [Fact]
    public async Task Gzip_data_is_verified_to_its_end()
    {
        var tar = TarOf(new UstarTarEntry(TarEntryType.RegularFile, "x"));
        var packed = Packed(tar, s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true));
        foreach (var at in new[] { 1, 4, 8 })
            await AssertRefused("its gzip data is damaged or cut short", packed[..^at]);
        packed[^6] ^= 1;
        await AssertRefused("its gzip data is damaged or cut short", packed);
        packed[^6] ^= 1;
        await AssertRefused("it goes on after the end of its gzip data", [.. packed, .. "more"u8]);
        await AssertRefused("its gzip header says what is not known", [.. packed[..3], 0x80, .. packed[4..]]);
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack([.. packed, .. new byte[1000]]));
        // A member for each half, as pigz and bgzip write; the checksum of a header, and a name in it.
        var halves = new[] { tar[..700], tar[700..] }.SelectMany(half => Packed(half, s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true)));
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack([.. halves]));
        byte[] header = [0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3, (byte)'n', 0, (byte)'c', 0];
        var checksum = Crc32.Of(header);
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack([.. header, (byte)checksum, (byte)(checksum >> 8), .. packed[10..]]));
        await AssertRefused("the checksum of its gzip header is wrong", [.. header, (byte)~checksum, (byte)(checksum >> 8), .. packed[10..]]);
    }

    [LinuxTheory]
    [InlineData("gzip -1")]
    [InlineData("gzip -9")]
    [InlineData("zstd -q --check")]
    public async Task Large_archives_are_read_whole(string packer)
    {
        if (packer.StartsWith("zstd", StringComparison.Ordinal) && await _bench.Sh("zstd --version") is not BuildOutcome.Completed)
            return;
        var archive = await Made($"mkdir t; head -c 3000000 /dev/urandom > t/random; yes 12345678 | head -c 5000000 > t/text; {Tar} -c -C t . | {packer} > a");
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(archive));
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("diff -r t out"));
    }

    [LinuxFact]
    public async Task Zeros_without_end_behind_an_archive_can_be_stopped()
    {
        var archive = await Made("head -c 1G /dev/zero | gzip -1 > a");
        var file = Path.Combine(_bench.Root, "source");
        await File.WriteAllBytesAsync(file, archive);
        var outcome = await _bench.Builders.DownloadAsync(new(["file://" + file], Digest.Of(archive), "a.tar", true, _bench.Out, _bench.LogFile, TimeSpan.FromMilliseconds(100)), CancellationToken.None);
        Assert.True(Assert.IsType<DownloadOutcome.Failed>(outcome).TimedOut);
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
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack([.. packed, .. skipped]));
        await AssertRefused("", packed[..^1]);
        await AssertRefused("", [.. packed, .. "more"u8]);
        packed[^1] ^= 1;
        await AssertRefused("", packed);
    }

    [LinuxFact]
    public async Task Names_in_a_tar_that_are_not_UTF8_are_refused_with_their_bytes()
    {
        await AssertNameRefused("the name '%E4.csv' in it is not UTF-8: its bytes are e42e637376", await Made($"mkdir t; printf 1 > t/$(printf '\\344.csv'); printf 2 > t/$(printf '\\366.csv'); {Tar} --format=gnu -cf a -C t $(printf '\\344.csv') $(printf '\\366.csv'); rm -r t"));
        await AssertNameRefused("the name '%E4' in it is not UTF-8: its bytes are e4", await Made($"ln -s $(printf '\\344') l; {Tar} --format=gnu -cf a l; rm l"));
        await AssertNameRefused("the name 'x/%E4' in it is not UTF-8", await Made($"mkdir x; printf 1 > x/$(printf '\\344'); {Tar} --format=posix -cf a x/$(printf '\\344'); rm -r x"));
    }

    [Fact]
    public async Task Names_in_a_zip_are_read_as_the_format_says()
    {
        // Windows: code page 437, no flag. macOS: UTF-8, no flag.
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(new RawZip().Add([0x8e, (byte)'.', (byte)'c'], "1").Add([0x82], "2").Add("ö"u8, "3").Add("é.c"u8, "4", flags: 0x800).ToArray()));
        Assert.Equal(["Ä.c", "é", "é.c", "ö"], Directory.GetFiles(_bench.Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Names_in_a_zip_that_are_not_what_it_says_are_refused()
    {
        await AssertNameRefused("the name '%E4' in it is not UTF-8: its bytes are e4", new RawZip().Add([0xe4], "1", flags: 0x800).ToArray());
        await AssertNameRefused("two entries in it are both read as 'Ä', and their names are written in the bytes 8e and c384", new RawZip().Add([0x8e], "1").Add("Ä"u8, "2", flags: 0x800).ToArray());
        await AssertNameRefused("two entries in it are both read as 'a/b'", new RawZip().Add("a\\b"u8, "1").Add("a/b"u8, "2").ToArray());
        await AssertNameRefused("the name '%E4' in it is not UTF-8", new RawZip().Add("l"u8, [0xe4], mode: 0xA1FF).ToArray());
    }

    [Fact]
    public async Task A_zip_that_says_what_is_not_understood_is_refused()
    {
        await AssertRefused("its entry 'x' is encrypted", new RawZip().Add("x"u8, "1", flags: 1).ToArray());
        await AssertRefused("its entry 'x' is encrypted", new RawZip().Add("x"u8, "1", flags: 0x41).ToArray());
        await AssertRefused("its entry 'x' has the flags 0x2000, which are not known", new RawZip().Add("x"u8, "1", flags: 0x2000).ToArray());
        await AssertRefused("its entry 'x' is compressed by method 93", new RawZip().Add("x"u8, "1", method: 93).ToArray());
    }

    [Fact]
    public async Task A_zip_that_contradicts_itself_is_refused()
    {
        const string elsewhere = "its entry 'x' is not where and what its directory says";
        var zip = new RawZip().Add("x"u8, "hello").ToArray();
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(zip));
        await AssertRefused("its entry 'x' is damaged: its checksum or its size is not what the directory says", Changed(zip, zip.AsSpan().IndexOf("hello"u8), 'j'));
        await AssertRefused(elsewhere, Changed(zip, 30, 'y'));
        await AssertRefused(elsewhere, Changed(zip, 18, 4));
        await AssertRefused(elsewhere, Changed(zip, 14, 0));
        await AssertRefused("it has no directory at its end", [.. zip, .. "more"u8]);
        await AssertRefused("it is one part of several", Changed(zip, zip.Length - 12, 2));
        await AssertRefused("its entry 'x' is damaged", new RawZip().Add("x"u8, "hello", size: 4).ToArray());
    }

    [Fact]
    public async Task A_folder_of_a_zip_needs_no_slash()
    {
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(new RawZip().Add("unix"u8, "", mode: 0x41ED).Add("dos"u8, "", attributes: 0x10).Add("unix/x"u8, "1").ToArray()));
        Assert.True(Directory.Exists(Path.Combine(_bench.Out, "unix")) && Directory.Exists(Path.Combine(_bench.Out, "dos")));
        await AssertRefused("its entry 'd' is a folder with bytes of its own", new RawZip().Add("d"u8, "x", mode: 0x41ED).ToArray());
    }

    [LinuxTheory]
    [InlineData("bzip2", "bzip2")]
    [InlineData("xz", "xz")]
    public async Task Another_format_is_named(string packer, string name)
    {
        if (await _bench.Sh($"command -v {packer}") is BuildOutcome.Completed)
            await AssertRefused($"it is no zip, tar, tar.gz or tar.zst, but {name}; download it without Unpack", await Made($"echo 1 > x; {Tar} -c x | {packer} > a"));
    }

    static byte[] TarOf(params TarEntry[] entries)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        return stream.ToArray();
    }

    static byte[] Packed(byte[] tar, Func<Stream, Stream> by)
    {
        using var stream = new MemoryStream();
        using (var packed = by(stream))
            packed.Write(tar);
        return stream.ToArray();
    }

    static byte[] Checksummed(byte[] archive)
    {
        archive.AsSpan(148, 8).Fill((byte)' ');
        var sum = archive.Take(512).Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0", archive.AsSpan(148));
        return archive;
    }

    static byte[] Changed(byte[] bytes, int at, int to)
    {
        byte[] changed = [.. bytes];
        changed[at] = (byte)to;
        return changed;
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Lightnix.Hashing;
using ZstdSharp;

namespace Lightnix.Building;

/// <summary>What .NET's readers of archives pass over: it is understood, or the archive is refused.</summary>
[Trait("Speed", "Slow")]
public sealed class ArchivesThatSayMore : IDisposable
{
    const string Tar = "tar --owner=0 --group=0";

    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    async Task<DownloadOutcome> Unpack(byte[] archive)
    {
        var file = Path.Combine(_bench.Root, "source");
        await File.WriteAllBytesAsync(file, archive);
        Directory.Delete(_bench.Out, recursive: true);
        Directory.CreateDirectory(_bench.Out);
        return await _bench.Builders.Downloads.FetchAsync(
            new(["file://" + file], Digest.Of(archive), "a.tar", true, _bench.Out, _bench.LogFile, null), CancellationToken.None);
    }

    async Task<byte[]> Made(string command)
    {
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh(command));
        return await File.ReadAllBytesAsync(Path.Combine(_bench.Folder, "a"));
    }

    async Task AssertRefused(string why, byte[] archive) =>
        Assert.StartsWith("'a.tar' cannot be unpacked: " + why, Assert.IsType<DownloadOutcome.Failed>(await Unpack(archive)).Reason,
            StringComparison.Ordinal);

    async Task AssertNameRefused(string why, byte[] archive) =>
        Assert.StartsWith("'a.tar' cannot be unpacked: " + why, Assert.IsType<DownloadOutcome.Refused>(await Unpack(archive)).Reason,
            StringComparison.Ordinal);

    [LinuxTheory]
    [InlineData("--format=posix --sparse-version=1.0")]
    [InlineData("--format=posix --sparse-version=0.1")]
    [InlineData("--format=posix --sparse-version=0.0")]
    [InlineData("--format=gnu")]
    [InlineData("--format=oldgnu")]
    public async Task Files_with_holes_are_unpacked_as_tar_does(string format)
    {
        // More regions than one header holds, a hole at the end, a file that is nothing but a hole, a long name.
        var archive =
            await Made("mkdir -p t/$(printf 'n%.0s' $(seq 120)); cd t; truncate -s 5M weights.bin; for i in $(seq 0 40); do printf "
            + "\"HELLO$i\" | dd of=weights.bin bs=1 seek=$((i * 100000)) conv=notrunc status=none; done; "
            + $"truncate -s 300K hole; cp --sparse=always weights.bin n*/; echo plain > plain.txt; cd ..; {Tar} --sparse {format} -cf a -C "
                + "t .; test $(stat -c %s a) -lt 1000000");
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
        await AssertRefused("its entry 'x' cannot be read: " + why,
            TarOf(new PaxTarEntry(TarEntryType.RegularFile, "x", attributes) { DataStream = new MemoryStream("hello"u8.ToArray()) }));
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
        var archive = TarOf(new PaxTarEntry(TarEntryType.RegularFile, "x",
            new Dictionary<string, string> { [key] = value })
        { DataStream = new MemoryStream("hello"u8.ToArray()) });
        if (understood)
            Assert.IsType<DownloadOutcome.Fetched>(await Unpack(archive));
        else
            Assert.Contains(key == "hdrcharset" ? value : key, Assert.IsType<DownloadOutcome.Failed>(await Unpack(archive)).Reason,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_global_header_may_not_say_what_belongs_to_one() =>
        await AssertRefused("its global header gives all entries one 'path'",
            TarOf(new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["path"] = "y" })));

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
        await AssertRefused("its entry 'x' cannot be read: the size in a tar header is negative or has more than 63 bits",
            Checksummed(archive));
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
        var halves = new[] { tar[..700], tar[700..] }.SelectMany(
            half => Packed(half, s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true)));
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack([.. halves]));
        byte[] header = [0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3, (byte)'n', 0, (byte)'c', 0];
        var checksum = Crc32.Of(header);
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack([.. header, (byte)checksum, (byte)(checksum >> 8), .. packed[10..]]));
        await AssertRefused("the checksum of its gzip header is wrong",
            [.. header, (byte)~checksum, (byte)(checksum >> 8), .. packed[10..]]);
    }

    [LinuxTheory]
    [InlineData("gzip -1")]
    [InlineData("gzip -9")]
    [InlineData("zstd -q --check")]
    public async Task Large_archives_are_read_whole(string packer)
    {
        if (packer.StartsWith("zstd", StringComparison.Ordinal) && await _bench.Sh("zstd --version") is not BuildOutcome.Completed)
            return;
        var archive =
            await Made($"mkdir t; head -c 3000000 /dev/urandom > t/random; yes 12345678 | head -c 5000000 > t/text; {Tar} -c -C t . | "
            + $"{packer} > a");
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(archive));
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("diff -r t out"));
    }

    [LinuxFact]
    public async Task Zeros_without_end_behind_an_archive_can_be_stopped()
    {
        var archive = await Made("head -c 1G /dev/zero | gzip -1 > a");
        var file = Path.Combine(_bench.Root, "source");
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
            _bench.Builders.Downloads.FetchAsync(
                new(["file://" + file], Digest.Of(archive), "a.tar", true, _bench.Out, _bench.LogFile, null), stop.Token));
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
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack([.. skipped, .. packed]));
        await AssertRefused("", packed[..^1]);
        await AssertRefused("its zstd data is damaged or cut short, or goes on with something else", [.. packed, .. "more"u8]);
        packed[^1] ^= 1;
        await AssertRefused("", packed);
    }

    [LinuxFact]
    public async Task Names_in_a_tar_that_are_not_UTF8_are_refused_with_their_bytes()
    {
        await AssertNameRefused("the name '%E4.csv' in it is not UTF-8: its bytes are e42e637376",
            await Made($"mkdir t; printf 1 > t/$(printf '\\344.csv'); printf 2 > t/$(printf '\\366.csv'); {Tar} --format=gnu -cf a -C t "
            + "$(printf '\\344.csv') $(printf '\\366.csv'); rm -r t"));
        await AssertNameRefused("the name '%E4' in it is not UTF-8: its bytes are e4",
            await Made($"ln -s $(printf '\\344') l; {Tar} --format=gnu -cf a l; rm l"));
        await AssertNameRefused("the name 'x/%E4' in it is not UTF-8",
            await Made($"mkdir x; printf 1 > x/$(printf '\\344'); {Tar} --format=posix -cf a x/$(printf '\\344'); rm -r x"));
    }

    [Fact]
    public async Task Names_in_a_zip_are_read_as_the_format_says()
    {
        // Windows: code page 437, no flag. macOS: UTF-8, no flag.
        Assert.IsType<DownloadOutcome.Fetched>(
            await Unpack(new RawZip().Add([0x8e, (byte)'.', (byte)'c'], "1").Add([0x82], "2").Add("ö"u8, "3")
            .Add("é.c"u8, "4", flags: 0x800).ToArray()));
        Assert.Equal(["Ä.c", "é", "é.c", "ö"], Directory.GetFiles(_bench.Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Names_in_a_zip_that_are_not_what_it_says_are_refused()
    {
        await AssertNameRefused("the name '%E4' in it is not UTF-8: its bytes are e4",
            new RawZip().Add([0xe4], "1", flags: 0x800).ToArray());
        await AssertNameRefused("two entries in it are both read as 'Ä', and their names are written in the bytes 8e and c384",
            new RawZip().Add([0x8e], "1").Add("Ä"u8, "2", flags: 0x800).ToArray());
        await AssertNameRefused("two entries in it are both read as 'a/b'", new RawZip().Add("a\\b"u8, "1").Add("a/b"u8, "2").ToArray());
        await AssertNameRefused("the name '%E4' in it is not UTF-8", new RawZip().Add("l"u8, [0xe4], mode: 0xA1FF).ToArray());
    }

    [Fact]
    public async Task A_zip_that_says_what_is_not_understood_is_refused()
    {
        await AssertRefused("its entry 'x' is encrypted", new RawZip().Add("x"u8, "1", flags: 1).ToArray());
        await AssertRefused("its entry 'x' is encrypted", new RawZip().Add("x"u8, "1", flags: 0x41).ToArray());
        await AssertRefused("its entry 'x' has the flags 0x2000, which are not known",
            new RawZip().Add("x"u8, "1", flags: 0x2000).ToArray());
        await AssertRefused("its entry 'x' is compressed by method 93", new RawZip().Add("x"u8, "1", method: 93).ToArray());
    }

    [Fact]
    public async Task A_zip_that_contradicts_itself_is_refused()
    {
        const string elsewhere = "its entry 'x' is not where and what its directory says";
        var zip = new RawZip().Add("x"u8, "hello").ToArray();
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(zip));
        await AssertRefused("its entry 'x' is damaged: its checksum or its size is not what the directory says",
            Changed(zip, zip.AsSpan().IndexOf("hello"u8), 'j'));
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
        Assert.IsType<DownloadOutcome.Fetched>(
            await Unpack(new RawZip().Add("unix"u8, "", mode: 0x41ED).Add("dos"u8, "", attributes: 0x10).Add("unix/x"u8, "1").ToArray()));
        Assert.True(Directory.Exists(Path.Combine(_bench.Out, "unix")) && Directory.Exists(Path.Combine(_bench.Out, "dos")));
        await AssertRefused("its entry 'd' is a folder with bytes of its own", new RawZip().Add("d"u8, "x", mode: 0x41ED).ToArray());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("zip")]
    public void No_changed_byte_goes_unnoticed(string format)
    {
        var random = new Random(1);
        var content = new byte[300];
        random.NextBytes(content);
        var tar = TarOf(new PaxTarEntry(TarEntryType.RegularFile, "ä") { DataStream = new MemoryStream([.. content, .. new byte[3000]]) });
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("ä").Open())
            entry.Write([.. content, .. new byte[3000]]);
        byte[] whole = format switch
        {
            "gzip" => Packed(tar, s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true)),
            "zip" => zip.ToArray(),
            _ => Packed(tar, s =>
            {
                var stream = new CompressionStream(s, 3, leaveOpen: true);
                stream.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
                return stream;
            }),
        };
        Assert.Equal(0, Read(whole));
        var refused = Enumerable.Range(0, whole.Length).Count(at => Read(Changed(whole, at, whole[at] ^ 1)) == 1);
        // Times, and the name of a system, say nothing of the content.
        Assert.True(refused > whole.Length * 3 / 4, $"{refused} of {whole.Length}");
        Assert.All(Enumerable.Range(1, whole.Length - 1), length => Assert.Equal(1, Read(whole[..length])));

        // 0: as it was packed; 1: refused.
        int Read(byte[] bytes)
        {
            var (file, folder) = (Path.Combine(_bench.Root, "archive"), Path.Combine(_bench.Root, "unpacked"));
            File.WriteAllBytes(file, bytes);
            Directory.CreateDirectory(folder);
            try
            {
                Unpacker.Unpack(file, "a", folder, CancellationToken.None);
                Assert.Equal(["ä"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
                Assert.Equal([.. content, .. new byte[3000]], File.ReadAllBytes(Path.Combine(folder, "ä")));
                return 0;
            }
            catch (DownloadException)
            {
                return 1;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    [LinuxTheory]
    [InlineData("bzip2", "bzip2")]
    [InlineData("xz", "xz")]
    public async Task Another_format_is_named(string packer, string name)
    {
        if (await _bench.Sh($"command -v {packer}") is BuildOutcome.Completed)
            await AssertRefused($"it is no zip, tar, tar.gz or tar.zst, but {name}; download it without Unpack",
                await Made($"echo 1 > x; {Tar} -c x | {packer} > a"));
    }

    string Unpacked() => string.Join(' ', Directory.GetFiles(_bench.Out, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(_bench.Out, f)).Order(StringComparer.Ordinal)
        .Select(f => new FileInfo(Path.Combine(_bench.Out, f)).LinkTarget is { } target ? $"{f}>{target}"
            : $"{f}={File.ReadAllText(Path.Combine(_bench.Out, f))}"));

    [LinuxTheory]
    [InlineData('1', "x")]
    [InlineData('2', "x")]
    [InlineData('5', "")]
    public async Task The_size_of_what_has_no_bytes_hides_no_member(char type, string link)
    {
        Assert.IsType<DownloadOutcome.Fetched>(
            await Unpack(new RawTar().Add("x", "1").Add("l", type: type, size: 600, link: link).Add("next", "2").Add("last", "3")
            .ToArray()));
        Assert.EndsWith("last=3 next=2 x=1", Unpacked(), StringComparison.Ordinal);
        Assert.IsType<DownloadOutcome.Fetched>(
            await Unpack(new RawTar().Add("x", "1").AddPax("size", "600").Add("l", type: type, link: link).Add("next", "2").ToArray()));
        Assert.EndsWith("next=2 x=1", Unpacked(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_a_tar_with_bytes_of_its_own_is_refused()
    {
        foreach (var type in "0\07")
            await AssertRefused("its entry 'f/' cannot be read: it is a folder with bytes of its own",
                new RawTar().Add("f/", "1234", type).Add("x").ToArray());
    }

    [Fact]
    public async Task A_header_for_the_label_of_a_tar_is_not_one_for_the_next_member()
    {
        Assert.IsType<DownloadOutcome.Fetched>(
            await Unpack(new RawTar().AddPax("path", "other").Add("label", type: 'V').Add("x", "1").ToArray()));
        Assert.Equal("x=1", Unpacked());
    }

    [LinuxFact]
    public async Task The_last_of_a_name_counts_whatever_kind_it_is()
    {
        const string kinds = "file folder link copy";
        foreach (var (first, second) in kinds.Split(' ').SelectMany(a => kinds.Split(' ').Select(b => (a, b))))
        {
            var tar = new RawTar().Add("of", "1");
            foreach (var kind in new[] { first, second })
                tar = kind switch
                {
                    "file" => tar.Add("a", "2"),
                    "folder" => tar.Add("a/", type: '5'),
                    "link" => tar.Add("a", type: '2', link: "of"),
                    _ => tar.Add("a", type: '1', link: "of"),
                };
            Assert.IsType<DownloadOutcome.Fetched>(await Unpack(tar.ToArray()));
            Assert.Equal(second switch { "file" => "a=2 of=1", "folder" => "of=1", "link" => "a>of of=1", _ => "a=1 of=1" }, Unpacked());
        }
    }

    [Fact]
    public async Task What_the_file_system_refuses_is_said_of_the_entry()
    {
        var name = new string('n', 300);
        await AssertRefused($"its entry '{name}' has a name that is too long for this file system",
            new RawTar().AddPax("path", name).Add("n", "1").ToArray());
        await AssertRefused($"its entry '{name}' has a name that is too long for this file system",
            new RawZip().Add(Encoding.UTF8.GetBytes(name), "1").ToArray());
        foreach (var last in new[] { new RawTar().Add("a", "1").Add("a/b", "2"), new RawTar().Add("a", "1")
            .Add("a/b", type: '5'), new RawTar().Add("a", "1").Add("a/b", type: '2', link: "x") })
            await AssertRefused("its entry 'a/b' needs 'a' to be a folder, and that is a file", last.ToArray());
        await AssertRefused("its entry 'a/b' needs 'a' to be a folder, and that is a file",
            new RawZip().Add("a"u8, "1").Add("a/b"u8, "2").ToArray());
        foreach (var below in new[] { new RawTar().Add("a/b", "1"), new RawTar().Add("a/b", type: '2', link: "x") })
            await AssertRefused("its entry 'a' is no folder, and another entry is below it", below.Add("a", "2").ToArray());
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
                Assert.IsType<DownloadOutcome.Fetched>(await Unpack(file));
                Assert.Equal("x=1", Unpacked());
            }
        }
    }

    [Fact]
    public async Task Two_spellings_of_one_path_in_a_zip_are_refused()
    {
        await AssertNameRefused("two entries in it are both read as 'a', and their names are written in the bytes 61 and 2e2f61",
            new RawZip().Add("a"u8, "1").Add("./a"u8, "2").ToArray());
        await AssertNameRefused("two entries in it are both read as 'b/c'", new RawZip().Add("b//c"u8, "1").Add("b/c"u8, "2").ToArray());
        await AssertNameRefused("two entries in it are both read as 'd'", new RawZip().Add("d"u8, "1").Add("d/"u8, "").ToArray());
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(new RawZip().Add("d/"u8, "").Add("./d/"u8, "").Add("d/x"u8, "1").ToArray()));
    }

    [LinuxTheory]
    [InlineData(0, 0xA1FF, "x=of of=1")] // DOS
    [InlineData(0, 0x11A4, "x=of of=1")]
    [InlineData(11, 0x81ED, "x=of of=1")] // NTFS
    [InlineData(3, 0xA1FF, "x>of of=1")] // Unix
    [InlineData(16, 0xA1FF, "x>of of=1")] // BeOS
    public async Task A_mode_in_a_zip_counts_where_its_system_has_modes(byte madeBy, int mode, string unpacked)
    {
        Assert.IsType<DownloadOutcome.Fetched>(
            await Unpack(new RawZip().Add("x"u8, "of", mode: mode, madeBy: madeBy).Add("of"u8, "1").ToArray()));
        Assert.Equal(unpacked.Split(' ').Order(StringComparer.Ordinal), Unpacked().Split(' '));
        if (!OperatingSystem.IsWindows())
            Assert.True((File.GetUnixFileMode(Path.Combine(_bench.Out, "x")) & UnixFileMode.UserExecute) == 0);
    }

    [LinuxTheory]
    [InlineData("pzstd -q -p 2 a.tar -o a")]
    [InlineData("zip -qs 64k a.zip x")]
    public async Task A_mark_before_an_archive_is_passed_over(string packer)
    {
        if (await _bench.Sh($"command -v {packer.Split(' ')[0]}") is not BuildOutcome.Completed)
            return;
        Assert.IsType<DownloadOutcome.Fetched>(
            await Unpack(await Made($"echo 1 > x; {Tar} -cf a.tar x; {packer}; if test -e a.zip; then mv a.zip a; fi")));
        Assert.Equal("x=1\n", Unpacked());
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

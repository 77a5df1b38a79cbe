using System.Formats.Tar;
using System.IO.Compression;
using Lightnix.Hashing;
using ZstdSharp;
using static Lightnix.Building.ArchiveBench;

namespace Lightnix.Building;

/// <summary>What .NET's reader of tar archives passes over: it is understood, or the archive is refused.</summary>
[Trait("Speed", "Slow")]
public sealed class ArchivesThatSayMore : IDisposable
{
    readonly ArchiveBench _archives = new();

    public void Dispose() => _archives.Dispose();

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
            await _archives.Made(
                "mkdir -p t/$(printf 'n%.0s' $(seq 120)); cd t; truncate -s 5M weights.bin; for i in $(seq 0 40); do printf "
            + "\"HELLO$i\" | dd of=weights.bin bs=1 seek=$((i * 100000)) conv=notrunc status=none; done; "
            + $"truncate -s 300K hole; cp --sparse=always weights.bin n*/; echo plain > plain.txt; cd ..; {Tar} --sparse {format} -cf a -C "
                + "t .; test $(stat -c %s a) -lt 1000000");
        Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack(archive));
        Assert.IsType<BuildOutcome.Completed>(await _archives.Bench.Sh("diff -r t out && test $(du -k out/hole | cut -f1) -lt 100"));
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
        await _archives.AssertRefused("its entry 'x' cannot be read: " + why,
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
            Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack(archive));
        else
            Assert.Contains(key == "hdrcharset" ? value : key,
                Assert.IsType<DownloadOutcome.Failed>(await _archives.Unpack(archive)).Reason,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_global_header_may_not_say_what_belongs_to_one() =>
        await _archives.AssertRefused("its global header gives all entries one 'path'",
            TarOf(new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["path"] = "y" })));

    [Fact]
    public async Task A_changed_byte_of_a_tar_header_is_noticed()
    {
        var archive = TarOf(new UstarTarEntry(TarEntryType.RegularFile, "x"));
        archive[0] = (byte)'y';
        await _archives.AssertRefused("the checksum of a tar header is wrong", archive);
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
        await _archives.AssertRefused("its entry 'x' cannot be read: the size in a tar header is negative or has more than 63 bits",
            Checksummed(archive));
    }

    [Fact]
    public async Task A_second_archive_behind_the_first_is_refused()
    {
        var archive = TarOf(new UstarTarEntry(TarEntryType.RegularFile, "x"));
        await _archives.AssertRefused("it goes on after its end", [.. archive, .. archive]);
        Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack([.. archive, .. new byte[20480]]));
    }

    [LinuxFact]
    public async Task Names_in_a_tar_that_are_not_UTF8_are_refused_with_their_bytes()
    {
        await _archives.AssertNameRefused("the name '%E4.csv' in it is not UTF-8: its bytes are e42e637376",
            await _archives.Made(
                $"mkdir t; printf 1 > t/$(printf '\\344.csv'); printf 2 > t/$(printf '\\366.csv'); {Tar} --format=gnu -cf a -C t "
            + "$(printf '\\344.csv') $(printf '\\366.csv'); rm -r t"));
        await _archives.AssertNameRefused("the name '%E4' in it is not UTF-8: its bytes are e4",
            await _archives.Made($"ln -s $(printf '\\344') l; {Tar} --format=gnu -cf a l; rm l"));
        await _archives.AssertNameRefused("the name 'x/%E4' in it is not UTF-8",
            await _archives.Made($"mkdir x; printf 1 > x/$(printf '\\344'); {Tar} --format=posix -cf a x/$(printf '\\344'); rm -r x"));
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
            var (file, folder) = (Path.Combine(_archives.Bench.Root, "archive"), Path.Combine(_archives.Bench.Root, "unpacked"));
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
    [InlineData('1', "x")]
    [InlineData('2', "x")]
    [InlineData('5', "")]
    public async Task The_size_of_what_has_no_bytes_hides_no_member(char type, string link)
    {
        Assert.IsType<DownloadOutcome.Fetched>(
            await _archives.Unpack(new RawTar().Add("x", "1").Add("l", type: type, size: 600, link: link).Add("next", "2").Add("last", "3")
            .ToArray()));
        Assert.EndsWith("last=3 next=2 x=1", _archives.Unpacked(), StringComparison.Ordinal);
        Assert.IsType<DownloadOutcome.Fetched>(
            await _archives.Unpack(new RawTar().Add("x", "1").AddPax("size", "600").Add("l", type: type, link: link).Add("next", "2")
                .ToArray()));
        Assert.EndsWith("next=2 x=1", _archives.Unpacked(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_a_tar_with_bytes_of_its_own_is_refused()
    {
        foreach (var type in "0\07")
            await _archives.AssertRefused("its entry 'f/' cannot be read: it is a folder with bytes of its own",
                new RawTar().Add("f/", "1234", type).Add("x").ToArray());
    }

    [Fact]
    public async Task A_header_for_the_label_of_a_tar_is_not_one_for_the_next_member()
    {
        Assert.IsType<DownloadOutcome.Fetched>(
            await _archives.Unpack(new RawTar().AddPax("path", "other").Add("label", type: 'V').Add("x", "1").ToArray()));
        Assert.Equal("x=1", _archives.Unpacked());
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
            Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack(tar.ToArray()));
            Assert.Equal(second switch { "file" => "a=2 of=1", "folder" => "of=1", "link" => "a>of of=1", _ => "a=1 of=1" },
                _archives.Unpacked());
        }
    }

    [Fact]
    public async Task What_the_file_system_refuses_is_said_of_the_entry()
    {
        var name = new string('n', 300);
        await _archives.AssertRefused($"its entry '{name}' has a name that is too long for this file system",
            new RawTar().AddPax("path", name).Add("n", "1").ToArray());
        await _archives.AssertRefused($"its entry '{name}' has a name that is too long for this file system",
            new RawZip().Add(Encoding.UTF8.GetBytes(name), "1").ToArray());
        foreach (var last in new[] { new RawTar().Add("a", "1").Add("a/b", "2"), new RawTar().Add("a", "1")
            .Add("a/b", type: '5'), new RawTar().Add("a", "1").Add("a/b", type: '2', link: "x") })
            await _archives.AssertRefused("its entry 'a/b' needs 'a' to be a folder, and that is a file", last.ToArray());
        await _archives.AssertRefused("its entry 'a/b' needs 'a' to be a folder, and that is a file",
            new RawZip().Add("a"u8, "1").Add("a/b"u8, "2").ToArray());
        foreach (var below in new[] { new RawTar().Add("a/b", "1"), new RawTar().Add("a/b", type: '2', link: "x") })
            await _archives.AssertRefused("its entry 'a' is no folder, and another entry is below it", below.Add("a", "2").ToArray());
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using Lightnix.Hashing;
using ZstdSharp;

namespace Lightnix.Building;

public sealed class Unpacking : IDisposable
{
    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    async Task<DownloadOutcome> Unpack(byte[] archive, string name = "archive")
    {
        var file = Path.Combine(_bench.Root, "source");
        await File.WriteAllBytesAsync(file, archive);
        return await _bench.Builders.Downloads.FetchAsync(
            new(["file://" + file], Digest.Of(archive), name, true, _bench.Out, _bench.LogFile, null), CancellationToken.None);
    }

    async Task<string> Refusal(byte[] archive, string name = "a.tar")
    {
        var reason = Assert.IsType<DownloadOutcome.Failed>(await Unpack(archive, name)).Reason;
        Assert.False(File.Exists(Path.Combine(_bench.Root, "evil")) || File.Exists(Path.Combine(_bench.Folder, "evil")));
        return reason;
    }

    static byte[] Tar(params TarEntry[] entries)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        return stream.ToArray();
    }

    static PaxTarEntry File_(string name, string text = "", bool executable = false) => new(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
        Mode = executable ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b110_000_000,
    };

    static PaxTarEntry Folder(string name) => new(TarEntryType.Directory, name);

    static PaxTarEntry Link(string name, string to) => new(TarEntryType.SymbolicLink, name) { LinkName = to };

    static PaxTarEntry Hard(string name, string to) => new(TarEntryType.HardLink, name) { LinkName = to };

    static byte[] Zip(params (string Name, string Text, int Mode)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text, mode) in entries)
            {
                var entry = zip.CreateEntry(name);
                entry.ExternalAttributes = mode << 16;
                if (name.EndsWith('/'))
                    continue;
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return stream.ToArray();
    }

    static byte[] Packed(byte[] tar, Func<Stream, Stream> by)
    {
        using var stream = new MemoryStream();
        using (var packed = by(stream))
            packed.Write(tar);
        return stream.ToArray();
    }

    static readonly byte[] Good = Tar(
        Folder("./"), Folder("top/empty/"), File_("top/run.sh", "#!/bin/sh\n", executable: true), File_("./top/a b ä.txt", "hello"),
            Link("top/link", "deep/../a b ä.txt"), Folder("top/deep"), Hard("top/same", "top/run.sh"), Link("dangling", "nowhere"));

    void AssertGood()
    {
        string At(string path) => Path.Combine(_bench.Out, path);
        Assert.Equal(["dangling", "top", "top/a b ä.txt", "top/deep", "top/empty", "top/link", "top/run.sh", "top/same"],
            new DirectoryInfo(_bench.Out).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Select(e => Path.GetRelativePath(_bench.Out, e.FullName)).Order(StringComparer.Ordinal));
        Assert.Equal("hello", File.ReadAllText(At("top/link")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(At("top/run.sh")));
            Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(At("top/same")));
            Assert.Equal((UnixFileMode)0b110_100_100, File.GetUnixFileMode(At("top/a b ä.txt")));
        }
    }

    [LinuxFact]
    public async Task Of_tar()
    {
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(Good));
        AssertGood();
    }

    [LinuxFact]
    public async Task Of_tar_gz()
    {
        Assert.IsType<DownloadOutcome.Fetched>(
            await Unpack(Packed(Good, s => new GZipStream(s, CompressionLevel.Fastest, leaveOpen: true))));
        AssertGood();
    }

    [LinuxFact]
    public async Task Of_tar_zst()
    {
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(Packed(Good, s => new CompressionStream(s, 3, leaveOpen: true))));
        AssertGood();
    }

    [LinuxFact]
    public async Task Of_zip()
    {
        const int file = 0x8000, link = 0xA000;
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(Zip(
            ("top/empty/", "", 0), ("top/deep/", "", 0), ("top/run.sh", "#!/bin/sh\n", file | 0b111_101_101), ("top/a b ä.txt", "hello", 0),
                ("top/link", "deep/../a b ä.txt", link | 0b111_111_111),
            ("top\\same", "", file | 0b001_000_000), ("dangling", "nowhere", link))));
        AssertGood();
    }

    [LinuxFact]
    public async Task Of_what_tar_itself_makes()
    {
        Assert.IsType<BuildOutcome.Completed>(
            await _bench.Sh(
            "mkdir -p t/x/$(printf 'n%.0s' $(seq 150)); echo 1 > t/x/f; ln -s x/f t/l; ln t/x/f t/h; "
            + "chmod +x t/x/f; tar czf t.tgz -C t ."));
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(await File.ReadAllBytesAsync(Path.Combine(_bench.Folder, "t.tgz"))));
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("diff -r t out && test -x out/h && test -L out/l"));
    }

    [LinuxFact]
    public async Task The_last_of_a_name_counts()
    {
        Assert.IsType<DownloadOutcome.Fetched>(await Unpack(Tar(File_("a", "1"), Link("b", "a"), File_("a", "22"), File_("b", "3"))));
        Assert.Equal("22", await File.ReadAllTextAsync(Path.Combine(_bench.Out, "a")));
        Assert.Null(new FileInfo(Path.Combine(_bench.Out, "b")).LinkTarget);
    }

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "its entry '../evil' is not a path inside the folder", Tar(File_("../evil")) },
        { "its entry 'a/../../evil' is not a path inside the folder", Tar(File_("a/../../evil")) },
        { "its entry '/tmp/evil' is not a path inside the folder", Tar(File_("/tmp/evil")) },
        { "its entry '../evil/' is not a path inside the folder", Tar(Folder("../evil/")) },
        { "its entry '..\\evil'", Zip(("..\\evil", "", 0)) },
        { "its entry '../evil' is not a path inside the folder", Zip(("a", "", 0), ("../evil", "", 0)) },
        { "its entry '/evil' is not a path inside the folder", Zip(("/evil", "", 0)) },
        { "its link 'l' leads out of the folder, to '../evil'", Tar(Link("l", "../evil")) },
        { "its link 'l' leads out of the folder, to '/etc/passwd'", Tar(Link("l", "/etc/passwd")) },
        { "its link 'l' leads out of the folder, to '../..'", Zip(("l", "../..", 0xA000)) },
        { "its entry 'l/evil' is below a link", Tar(Link("l", "x"), File_("l/evil")) },
        { "its link 'a/b/m' leads out of the folder, to 'l/../../evil'", Tar(Folder("s"), Link("a/b/l", "../../s"),
            Link("a/b/m", "l/../../evil")) },
        { "its entry 'a/b' is below a link", Tar(Folder("s"), Link("a", "s"), Link("a/b", "../evil")) },
        { "its entry 'h' is a link to 'no', which does not come before it", Tar(Hard("h", "no")) },
        { "its entry '../evil' is not a path inside the folder", Tar(Hard("h", "../evil")) },
        { "its entry 'f' is a Fifo: only files, folders and links are unpacked", Tar(new PaxTarEntry(TarEntryType.Fifo, "f")) },
        { "its entry 'd' is a CharacterDevice: only files, folders and links are unpacked",
            Tar(new PaxTarEntry(TarEntryType.CharacterDevice, "d")) },
        { "its link 'n' leads to a name that holds NUL", Zip(("n", "a\0b", 0xA000)) },
        { "its entry 's' is no file, folder or link", Zip(("s", "", 0xC000)) },
        { "its link 'bomb' has a target of 500000 bytes", Zip(("bomb", new string('x', 500_000), 0xA000)) },
        { "its entry '../a%1B[2J%0Ab' is not a path inside the folder", Zip(("../a\u001b[2J\nb", "", 0)) },
        { "its entry '.' is the folder itself", Tar(File_(".")) },
        { "it is no zip, tar, tar.gz or tar.zst", "hello"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Of_the_hostile_is_refused(string why, byte[] archive)
    {
        var reason = await Refusal(archive, "x");
        Assert.StartsWith("'x' cannot be unpacked: " + why.Replace('\\', '/'), reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_damaged_fails()
    {
        Assert.StartsWith("'a.tar' cannot be unpacked: ",
            await Refusal(Packed(Good, s => new GZipStream(s, CompressionLevel.Fastest, leaveOpen: true))[..100]),
            StringComparison.Ordinal);
        Assert.StartsWith("'a.tar' cannot be unpacked: ",
            await Refusal(Packed("no tar"u8.ToArray(), s => new GZipStream(s, CompressionLevel.Fastest, leaveOpen: true))),
            StringComparison.Ordinal);
        Assert.StartsWith("'a.tar' cannot be unpacked: ",
            await Refusal(Packed(Good, s => new CompressionStream(s, 3, leaveOpen: true))[..60]), StringComparison.Ordinal);
        Assert.StartsWith("'a.tar' cannot be unpacked: ", await Refusal(Zip(("a", "b", 0))[..50]), StringComparison.Ordinal);
        Assert.StartsWith("'a.tar' cannot be unpacked: ", await Refusal(Good[..700]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Circles_of_links_lead_nowhere_and_are_kept()
    {
        if (OperatingSystem.IsLinux())
            Assert.IsType<DownloadOutcome.Fetched>(await Unpack(Tar(Link("a", "b"), Link("b", "a"), Link("c", "."))));
    }
}

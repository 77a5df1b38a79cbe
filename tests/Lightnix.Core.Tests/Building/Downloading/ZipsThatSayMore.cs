using static Lightnix.Building.ArchiveBench;

namespace Lightnix.Building;

/// <summary>What .NET's reader of zip archives passes over: it is understood, or the archive is refused.</summary>
[Trait("Speed", "Slow")]
public sealed class ZipsThatSayMore : IDisposable
{
    readonly ArchiveBench _archives = new();

    public void Dispose() => _archives.Dispose();

    [Fact]
    public async Task Names_in_a_zip_are_read_as_the_format_says()
    {
        // Windows: code page 437, no flag. macOS: UTF-8, no flag.
        Assert.IsType<DownloadOutcome.Fetched>(
            await _archives.Unpack(new RawZip().Add([0x8e, (byte)'.', (byte)'c'], "1").Add([0x82], "2").Add("ö"u8, "3")
            .Add("é.c"u8, "4", flags: 0x800).ToArray()));
        Assert.Equal(["Ä.c", "é", "é.c", "ö"],
            Directory.GetFiles(_archives.Bench.Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Names_in_a_zip_that_are_not_what_it_says_are_refused()
    {
        await _archives.AssertNameRefused("the name '%E4' in it is not UTF-8: its bytes are e4",
            new RawZip().Add([0xe4], "1", flags: 0x800).ToArray());
        await _archives.AssertNameRefused("two entries in it are both read as 'Ä', and their names are written in the bytes 8e and c384",
            new RawZip().Add([0x8e], "1").Add("Ä"u8, "2", flags: 0x800).ToArray());
        await _archives.AssertNameRefused("two entries in it are both read as 'a/b'",
            new RawZip().Add("a\\b"u8, "1").Add("a/b"u8, "2").ToArray());
        await _archives.AssertNameRefused("the name '%E4' in it is not UTF-8", new RawZip().Add("l"u8, [0xe4], mode: 0xA1FF).ToArray());
    }

    [Fact]
    public async Task A_zip_that_says_what_is_not_understood_is_refused()
    {
        await _archives.AssertRefused("its entry 'x' is encrypted", new RawZip().Add("x"u8, "1", flags: 1).ToArray());
        await _archives.AssertRefused("its entry 'x' is encrypted", new RawZip().Add("x"u8, "1", flags: 0x41).ToArray());
        await _archives.AssertRefused("its entry 'x' has the flags 0x2000, which are not known",
            new RawZip().Add("x"u8, "1", flags: 0x2000).ToArray());
        await _archives.AssertRefused("its entry 'x' is compressed by method 93", new RawZip().Add("x"u8, "1", method: 93).ToArray());
    }

    [Fact]
    public async Task A_zip_that_contradicts_itself_is_refused()
    {
        const string elsewhere = "its entry 'x' is not where and what its directory says";
        var zip = new RawZip().Add("x"u8, "hello").ToArray();
        Assert.IsType<DownloadOutcome.Fetched>(await _archives.Unpack(zip));
        await _archives.AssertRefused("its entry 'x' is damaged: its checksum or its size is not what the directory says",
            Changed(zip, zip.AsSpan().IndexOf("hello"u8), 'j'));
        await _archives.AssertRefused(elsewhere, Changed(zip, 30, 'y'));
        await _archives.AssertRefused(elsewhere, Changed(zip, 18, 4));
        await _archives.AssertRefused(elsewhere, Changed(zip, 14, 0));
        await _archives.AssertRefused("it has no directory at its end", [.. zip, .. "more"u8]);
        await _archives.AssertRefused("it is one part of several", Changed(zip, zip.Length - 12, 2));
        await _archives.AssertRefused("its entry 'x' is damaged", new RawZip().Add("x"u8, "hello", size: 4).ToArray());
    }

    [Fact]
    public async Task A_folder_of_a_zip_needs_no_slash()
    {
        Assert.IsType<DownloadOutcome.Fetched>(
            await _archives.Unpack(new RawZip().Add("unix"u8, "", mode: 0x41ED).Add("dos"u8, "", attributes: 0x10).Add("unix/x"u8, "1")
                .ToArray()));
        Assert.True(Directory.Exists(Path.Combine(_archives.Bench.Out, "unix"))
            && Directory.Exists(Path.Combine(_archives.Bench.Out, "dos")));
        await _archives.AssertRefused("its entry 'd' is a folder with bytes of its own",
            new RawZip().Add("d"u8, "x", mode: 0x41ED).ToArray());
    }

    [Fact]
    public async Task Two_spellings_of_one_path_in_a_zip_are_refused()
    {
        await _archives.AssertNameRefused("two entries in it are both read as 'a', and their names are written in the bytes 61 and 2e2f61",
            new RawZip().Add("a"u8, "1").Add("./a"u8, "2").ToArray());
        await _archives.AssertNameRefused("two entries in it are both read as 'b/c'",
            new RawZip().Add("b//c"u8, "1").Add("b/c"u8, "2").ToArray());
        await _archives.AssertNameRefused("two entries in it are both read as 'd'", new RawZip().Add("d"u8, "1").Add("d/"u8, "").ToArray());
        Assert.IsType<DownloadOutcome.Fetched>(
            await _archives.Unpack(new RawZip().Add("d/"u8, "").Add("./d/"u8, "").Add("d/x"u8, "1").ToArray()));
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
            await _archives.Unpack(new RawZip().Add("x"u8, "of", mode: mode, madeBy: madeBy).Add("of"u8, "1").ToArray()));
        Assert.Equal(unpacked.Split(' ').Order(StringComparer.Ordinal), _archives.Unpacked().Split(' '));
        if (!OperatingSystem.IsWindows())
            Assert.True((File.GetUnixFileMode(Path.Combine(_archives.Bench.Out, "x")) & UnixFileMode.UserExecute) == 0);
    }
}

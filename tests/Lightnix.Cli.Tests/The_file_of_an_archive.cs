namespace Lightnix.Cli;

/// <summary>The file that <c>lightnix export</c> writes, beside files of others that were killed or go on.</summary>
public sealed class The_file_of_an_archive : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("lightnix-archive-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string At(string name) => Path.Combine(_folder, name);

    string[] Names => [.. Directory.GetFiles(_folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Takes_the_place_of_one_that_was_not_finished()
    {
        File.WriteAllText(At(".a.zst.killed.unfinished"), "x");
        File.WriteAllText(At(".b.zst.killed.unfinished"), "x");
        File.WriteAllText(At(".a.zst.mine"), "x");
        using var other = new FileStream(At(".a.zst.other.unfinished"), FileMode.CreateNew, FileAccess.Write);

        Assert.Equal(1, ArchiveFile.Write(At("a.zst"), s => s.WriteByte(1)));

        Assert.Equal([".a.zst.mine", ".a.zst.other.unfinished", ".b.zst.killed.unfinished", "a.zst"], Names);
    }

    [Fact]
    public void Says_what_it_is_until_it_is_whole()
    {
        string[] during = [];

        ArchiveFile.Write(At("a.zst"), _ => during = Names);

        Assert.Matches(@"^\.a\.zst\..*\.unfinished$", Assert.Single(during));
        Assert.Equal(["a.zst"], Names);
    }
}

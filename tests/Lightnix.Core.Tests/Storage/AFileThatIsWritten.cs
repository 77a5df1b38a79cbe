using Lightnix.Building;

namespace Lightnix.Storage;

/// <summary>A file outside of a store that the tool writes: an archive, a report.</summary>
public sealed class AFileThatIsWritten : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    string Target => Path.Combine(_temp.Folder, "target");

    static void Text(Stream stream) => stream.Write("new"u8);

    [Fact]
    public void Replaces_one_and_leaves_nothing_beside_it()
    {
        File.WriteAllText(Target, "a longer old text");

        WholeFile.Write(Target, Text);

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_temp.Folder));
    }

    [Fact]
    public void Is_made_where_there_is_none()
    {
        WholeFile.Write(Target, Text);

        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Fact]
    public void Leaves_the_old_one_where_writing_fails()
    {
        File.WriteAllText(Target, "old");

        Assert.Throws<IOException>(() => WholeFile.Write(Target, _ => throw new IOException("no more")));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_temp.Folder));
    }

    [LinuxFact]
    public async Task Goes_through_a_link_into_a_pipe_which_stays()
    {
        Sh.Run("mkfifo pipe; ln -s pipe target", _temp.Folder);
        var read = Task.Run(() => Sh.Run("cat pipe", _temp.Folder));

        WholeFile.Write(Target, Text);

        Assert.Equal("new", await read);
        Assert.Equal(FileKind.Fifo, Files.Facts(Path.Combine(_temp.Folder, "pipe"))!.Kind);
        Assert.Equal(FileKind.Link, Files.Facts(Target)!.Kind);
    }
}

using System.Diagnostics;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>What a builder can leave in its output folder to make trouble.</summary>
[Trait("Speed", "Slow")]
public sealed class AHostileOutput : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;
    readonly Workspace _workspace;

    public AHostileOutput()
    {
        _store = Store.Open(_temp["store"]);
        _workspace = _store.NewWorkspace();
    }

    public void Dispose()
    {
        _store.Dispose();
        _temp.Dispose();
    }

    Tree Take(string script)
    {
        Sh.Run(script, _workspace.Out);
        var tree = _store.Trees.Take(_workspace.Out);
        Assert.Equal([], _store.Maintenance.Verify().Select(d => $"{d.Place} {d.Problem}"));
        _store.Trees.Check(tree, everyByte: true);
        return tree;
    }

    [Fact]
    public void Loses_owners_modes_and_times()
    {
        var tree = Take("mkdir a b; : > a/sticky; chmod 1777 a; chmod 1644 a/sticky; echo x > secret; chmod 0 secret; : > b/c; "
            + "chmod 0 b; mkdir d; chmod 0555 d; touch -d 1999-09-09 secret");

        Assert.Equal(["f a/sticky", "f b/c", "d d", "f secret"],
            tree.Entries.Select(e => $"{(e is TreeEntry.EmptyFolder ? 'd' : 'f')} {e.Path}"));
    }

    [Fact]
    public void Of_hard_links_is_of_ordinary_files()
    {
        var tree = Take("echo x > a; ln a b; mkdir c; ln a c/d");
        File.AppendAllText(Path.Combine(_workspace.Out, "a"), "later");

        Assert.Equal([2L, 2L, 2L], tree.Entries.OfType<TreeEntry.File>().Select(f => f.Size));
        _store.Trees.Check(tree, everyByte: true);
    }

    [Fact]
    public void Is_not_written_to_by_a_process_that_still_has_it_open()
    {
        using var open = new FileStream(Path.Combine(_workspace.Out, "a"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
        open.Write("before"u8);
        open.Flush();

        var tree = Take(":");
        open.Write("after"u8);
        open.Flush(flushToDisk: true);

        Assert.Equal(6, Assert.IsType<TreeEntry.File>(Assert.Single(tree.Entries)).Size);
        _store.Trees.Check(tree, everyByte: true);
    }

    [Fact]
    public void That_is_written_meanwhile_is_what_was_stored()
    {
        File.WriteAllBytes(Path.Combine(_workspace.Out, "a"), new byte[8 << 20]);
        using var stop = new CancellationTokenSource();
        var writer = new Thread(() =>
        {
            using var file = new FileStream(Path.Combine(_workspace.Out, "a"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            for (var i = 0L; !stop.IsCancellationRequested; i += 4096)
            {
                file.Position = i % (8 << 20);
                file.Write(BitConverter.GetBytes(i));
                file.Flush();
            }
        });

        writer.Start();
        for (var i = 0; i < 5; i++)
            Take(":");

        stop.Cancel();
        writer.Join();
    }

    // An input that the builder can reach (as root, or after a chmod) is a copy of its own.
    [Fact]
    public void Cannot_be_made_by_writing_into_the_store_through_an_input()
    {
        var input = Take("echo one > data; echo two > more");
        using var workspace = _store.NewWorkspace();
        workspace.Place(input, _store.Trees.FolderOf(input.Reference), RelativePath.Root, RelativePath.Parse("input"));

        Sh.Run("chmod -R u+w in; ln in/input/data out/hard; echo changed >> out/hard; ln -s in/input/more soft; echo changed >> soft; "
            + "rm soft", workspace.Folder);

        Assert.Equal("one\nchanged\n", File.ReadAllText(Path.Combine(workspace.Out, "hard")));
        _store.Trees.Check(input, everyByte: true);
        Assert.Empty(_store.Maintenance.Verify());
    }

    [Theory]
    [InlineData("CON", "is a device on Windows")]
    [InlineData("nul.tar.gz", "is a device on Windows")]
    [InlineData("com1", "is a device on Windows")]
    [InlineData("trailing.", "ends with a point or a blank")]
    [InlineData("trailing ", "ends with a point or a blank")]
    [InlineData("a:b", "has a ':'")]
    [InlineData("a\\b", "has a '\\'")]
    [InlineData("a\nb", "has a '\n'")]
    [InlineData("what?", "has a '?'")]
    public void With_names_that_Windows_forbids_is_kept_and_reported(string name, string why)
    {
        Directory.CreateDirectory(Path.Combine(_workspace.Out, name));
        File.WriteAllText(Path.Combine(_workspace.Out, name, "x"), "");
        File.WriteAllText(Path.Combine(_workspace.Out, "CONSOLE"), "");

        var reported = Assert.Single(ForbiddenNames.Of(Take(":")));

        Assert.Contains(why, reported, StringComparison.Ordinal);
    }

    [Fact]
    public void May_have_the_longest_names_and_a_thousand_folders_in_each_other()
    {
        var deep = string.Concat(Enumerable.Repeat("d/", 1000));

        Sh.Run($"mkdir -p {deep}; echo x > {deep}x; echo x > $(printf 'é%.0s' $(seq 127))", _workspace.Out);
        var tree = _store.Trees.Take(_workspace.Out);

        _store.Trees.Check(tree, everyByte: true);
        Assert.Equal(2, tree.Entries.Length);
        using var workspace = _store.NewWorkspace();
        workspace.Place(tree, _store.Trees.FolderOf(tree.Reference), RelativePath.Root, RelativePath.Parse("input"));
        Assert.Equal("x\n", File.ReadAllText(Path.Combine(workspace.Folder, "in/input", deep, "x")));
    }

    [Fact]
    public void With_a_path_that_is_too_long_is_refused_and_swept()
    {
        // Deeper than any path reaches: deleting it must not go by paths, nor by recursion.
        Sh.Run("""python3 -c "import os;[(os.mkdir('d' * 200), os.chdir('d' * 200)) for _ in range(3000)]" """, _workspace.Out);

        var error = Assert.Throws<StoreException>(() => _store.Trees.Take(_workspace.Out));

        Assert.Equal("LNX2007", error.Code);
        Assert.Contains("3215 bytes long as a path, and 3072 is the most", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 500, error.Message);
        _workspace.Dispose();
        Assert.False(Directory.Exists(_workspace.Folder));
    }

    [Fact]
    public void Is_named_in_one_line_whatever_its_names_are()
    {
        Sh.Run("""ln -s /etc "$(printf 'a\n\033[2Jb')"; mkfifo "$(printf 'c\342\200\256d')" """, _workspace.Out);

        var error = Assert.Throws<StoreException>(() => _store.Trees.Take(_workspace.Out));

        Assert.Equal("the output is refused: 'a%0A%1B[2Jb' is an absolute link, to '/etc'; 'c%E2%80%AEd' is a FIFO", error.Message);
    }

    [Fact]
    public void With_holes_takes_no_room_for_them()
    {
        var tree = Take("truncate -s 128M a; printf end >> a; truncate -s 3M b");

        Assert.Equal([(128L << 20) + 3, 3L << 20], tree.Entries.OfType<TreeEntry.File>().Select(f => f.Size));
        var kilobytes = long.Parse(Sh.Run("du -sk . | cut -f1", _store.Trees.FolderOf(tree.Reference)), CultureInfo.InvariantCulture);
        Assert.True(kilobytes < 2000, $"{kilobytes} KiB");
    }

    [Fact]
    public void Of_many_empty_files_is_taken_in_little_time_and_memory()
    {
        Sh.Run("python3 -c \"for i in range(20000): open(f'{i}', 'w').close()\"", _workspace.Out);
        var (before, watch) = (GC.GetTotalMemory(forceFullCollection: true), Stopwatch.StartNew());

        var tree = _store.Trees.Take(_workspace.Out);

        Assert.Equal(20000, tree.Entries.Length);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3), $"{watch.Elapsed}");
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 100 << 20);
        GC.KeepAlive(tree);
        _store.Trees.Check(tree, everyByte: false);
    }
}

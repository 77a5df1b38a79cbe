using CsCheck;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Projects;

namespace Lightnix.Storage;

public sealed class AFolderThatIsTaken : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;

    public AFolderThatIsTaken() => _store = Store.Open(_temp["store"]);

    public void Dispose()
    {
        _store.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public void Is_listed_with_all_that_is_its_identity()
    {
        var folder = _temp.Make("out", "mkdir -p a/b empty; printf one > a/b/one; printf 'two words' > 'a/two words'; "
            + "printf '#!/bin/sh' > run; chmod 700 run; ln -s a/b/one link; chmod 640 a/b/one");

        var tree = _store.Trees.Take(folder);

        Assert.Equal(
            $"lightnix/tree/1\nf {Digest.Of("one"u8)} 3 a/b/one\nf {Digest.Of("two words"u8)} 9 a/two%20words\nd empty\nl a/b/one "
                + $"link\nx {Digest.Of("#!/bin/sh"u8)} 9 run\n",
            Encoding.UTF8.GetString(tree.Bytes));
    }

    [Fact]
    public void Is_there_as_ordinary_read_only_files_and_folders()
    {
        var folder = _temp.Make("out", "mkdir -p a/b; printf one > a/b/one; printf two > two; chmod 777 two a; ln -s a/b/one link");

        var tree = _store.Trees.Take(folder);

        Assert.True(_store.Trees.Contains(tree.Reference));
        Assert.Equal(". 555\n./a 555\n./a/b 555\n./a/b/one 444\n./link 777\n./two 555\n",
            Sh.Run("find . -printf '%p %m\\n' | LC_ALL=C sort", _store.Trees.FolderOf(tree.Reference)));
        Assert.Equal("one", File.ReadAllText(Path.Combine(_store.Trees.FolderOf(tree.Reference), "link")));
    }

    [Fact]
    public void Keeps_its_listing_to_be_found_again()
    {
        var tree = _store.Trees.Take(_temp.Make("out", "printf one > one"));

        var found = _store.Trees.Find(tree.Reference);

        Assert.Equal(tree.Reference, found!.Reference);
        Assert.Null(_store.Trees.Find(Tree.Of([]).Reference));
    }

    [Fact]
    public void May_be_empty()
    {
        var tree = _store.Trees.Take(_temp.Make("out", ":"));

        Assert.Equal(Tree.Of([]).Reference, tree.Reference);
        Assert.True(_store.Trees.Contains(tree.Reference));
        Assert.Equal(tree.Reference, _store.Trees.Take(_temp["out"]).Reference);
    }

    [Fact]
    public void Is_stored_once()
    {
        var tree = _store.Trees.Take(_temp.Make("out", "printf one > one"));
        var inode = InodeOf(tree, "one");

        var again = _store.Trees.Take(_temp.Make("other", "printf one > one; touch -d 2001-01-01 one"));

        Assert.Equal(tree.Reference, again.Reference);
        Assert.Equal(inode, InodeOf(tree, "one"));
        Assert.Equal([tree.Reference.ToString()], Files.Names(_temp["store/trees"]));
        Assert.Equal(1, Sh.Run("find files -type f | wc -l", _temp["store"]).Trim() is var n
            ? int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)
            : 0);
    }

    [Fact]
    public void Shares_equal_files_with_other_trees_but_not_across_the_executable_bit()
    {
        var a = _store.Trees.Take(_temp.Make("a", "printf same > one; printf same > two; printf same > run; chmod 755 run"));
        var b = _store.Trees.Take(_temp.Make("b", "printf same > three; printf other > four"));

        Assert.Equal(InodeOf(a, "one"), InodeOf(a, "two"));
        Assert.Equal(InodeOf(a, "one"), InodeOf(b, "three"));
        Assert.NotEqual(InodeOf(a, "one"), InodeOf(a, "run"));
        Assert.Equal("3\n", Sh.Run("find files -type f | wc -l", _temp["store"]));
    }

    [Fact]
    public void Shares_nothing_with_its_builder()
    {
        var folder = _temp.Make("out", "printf one > one");
        using var open = File.Open(Path.Combine(folder, "one"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

        var tree = _store.Trees.Take(folder);
        open.Write("evil"u8);
        open.Flush();

        Assert.Equal("one", File.ReadAllText(Path.Combine(_store.Trees.FolderOf(tree.Reference), "one")));
    }

    [Fact]
    public void Gets_times_that_follow_from_content()
    {
        var tree = _store.Trees.Take(_temp.Make("out", "mkdir a; printf one > a/one; printf 0.91 > x; printf 0.93 > y; ln -s x link"));

        var seconds = Sh.Run("find . -printf '%p %T@\\n' | LC_ALL=C sort", _store.Trees.FolderOf(tree.Reference));

        // SHA-256 of "one" begins 7692c3ad3540bb80; 0x7692c3ad3540bb80 % 315576000 = 251238656, 946684800 + 2 × that.
        var one = 946684800 + (2 * (long)(0x7692c3ad3540bb80UL % 315576000));
        Assert.Contains($"./a/one {one}.0000000000\n", seconds, StringComparison.Ordinal);
        Assert.Contains(". 946684800.0000000000\n./a 946684800.0000000000\n", seconds, StringComparison.Ordinal);
        Assert.Contains("./link 946684800.0000000000\n", seconds, StringComparison.Ordinal);
        Assert.NotEqual(ContentTime.Of(Digest.Of("0.91"u8)), ContentTime.Of(Digest.Of("0.93"u8)));
    }

    [Fact]
    public void Is_read_whatever_modes_its_builder_left()
    {
        var folder = _store.NewWorkspace().Out;
        Sh.Run("mkdir -p shut/deep fixed; printf one > shut/deep/one; printf two > fixed/two; chmod 000 shut/deep/one shut/deep shut; "
            + "chmod 555 fixed", folder);

        var tree = _store.Trees.Take(folder);

        Assert.Equal(["fixed/two", "shut/deep/one"], tree.Entries.Select(e => e.Path.ToString()));
    }

    [Fact]
    public void Of_the_working_tree_is_not_touched()
    {
        var folder = _temp.Make("import", "mkdir a; printf one > a/one; chmod 500 a; chmod 400 a/one");

        _store.Trees.Take(folder);

        Assert.Equal("500 400\n", Sh.Run("stat -c %a a a/one | paste -sd' '", folder));
    }

    [Fact]
    public void May_hold_large_files_and_odd_names()
    {
        var folder = _temp.Make("out", """
            head -c 3000000 /dev/urandom > large; : > 'a%b'; : > "$(printf 'new\nline')"; : > 'back\slash'; : > '-f'; : > 'ä'
            : > "$(printf 'true \357\277\275')"
            """);

        var tree = _store.Trees.Take(folder);

        Assert.Equal(7, tree.Entries.Length);
        Assert.Equal(tree.Reference, _store.Trees.Find(tree.Reference)!.Reference);
        Assert.Equal(Sh.Run("sha256sum large | cut -c1-64", folder)
            .Trim(), ((TreeEntry.File)tree.Find(RelativePath.Parse("large"))!).Content.ToString());
    }

    [Fact]
    public void Of_one_file_has_its_name_and_bit()
    {
        var file = _temp.Write("some", "one");
        File.CreateSymbolicLink(_temp["link"], file);

        var tree = _store.Trees.TakeFile(file, "data.csv", executable: false);

        Assert.Equal(Tree.Of([new TreeEntry.File(RelativePath.Parse("data.csv"), Digest.Of("one"u8), 3, false)]).Reference, tree.Reference);
        Assert.Equal(tree.Reference, _store.Trees.TakeFile(_temp["link"], "data.csv", executable: false).Reference);
        Assert.NotEqual(tree.Reference, _store.Trees.TakeFile(file, "data.csv", executable: true).Reference);
        Assert.Equal("LNX2007", Assert.Throws<StoreException>(() => _store.Trees.TakeFile(_temp["store"], "x", false)).Code);
        Assert.Equal("LNX2007", Assert.Throws<StoreException>(() => _store.Trees.TakeFile(_temp["missing"], "x", false)).Code);
    }

    [Fact]
    public void Opens_its_files_also_when_the_tree_is_evicted()
    {
        var tree = _store.Trees.Take(_temp.Make("out", "printf 0.97 > accuracy"));
        var file = (TreeEntry.File)tree.Entries[0];
        string Read()
        {
            using var stream = _store.Trees.Open(tree).Open(file);
            return new StreamReader(stream).ReadToEnd();
        }

        Assert.Equal("0.97", Read());
        Native.DeleteAll(_store.Trees.FolderOf(tree.Reference));
        Assert.Equal("0.97", Read());
        Native.DeleteAll(_temp["store/files"]);
        // Collected, not damaged: its verdict cannot be given any more.
        Assert.Throws<FileNotFoundException>(Read);
    }

    [Fact]
    public void Does_not_use_a_stored_file_that_was_written_to()
    {
        var a = _store.Trees.Take(_temp.Make("a", "printf one > one"));
        // Root writes through modes; the time shows it.
        Sh.Run("chmod u+w files/*/*; printf eno > $(echo files/*/*); chmod 444 files/*/*", _temp["store"]);

        var b = _store.Trees.Take(_temp.Make("b", "printf one > other"));
        var c = _store.Trees.Take(_temp.Make("c", "printf one > third"));

        Assert.Equal("eno", File.ReadAllText(Path.Combine(_store.Trees.FolderOf(a.Reference), "one")));
        Assert.Equal("one", File.ReadAllText(Path.Combine(_store.Trees.FolderOf(b.Reference), "other")));
        Assert.Equal(InodeOf(b, "other"), InodeOf(c, "third"));
    }

    [Fact]
    public void Whose_listing_was_changed_is_damaged()
    {
        var tree = _store.Trees.Take(_temp.Make("a", "printf one > one"));
        var path = Path.Combine(_temp["store/listings"], tree.Reference.ToString());
        Sh.Run($"chmod u+w {path}; sed -i s/one/two/ {path}", "/");

        var error = Assert.Throws<StoreException>(() => _store.Trees.Find(tree.Reference));

        Assert.Equal("LNX3001", error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    static readonly string[] s_paths = ["a", "b/c", "b/d e", "f%/g"];

    [Fact]
    public void Is_what_a_tree_of_the_same_content_is() =>
        Gen.Dictionary(Gen.Int[0, 3].Select(i => s_paths[i]), Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 20], Gen.Bool))[0, 4]
            .Sample(files =>
        {
            var folder = _temp[Path.GetRandomFileName()];
            Directory.CreateDirectory(folder);
            foreach (var (path, (text, executable)) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
                File.WriteAllText(Path.Combine(folder, path), text);
                Native.SetMode(Path.Combine(folder, path), executable ? 0x140 : 0x100);
            }
            var expected = Tree.Of(files.Select(f =>
            {
                var (text, executable) = f.Value;
                return new TreeEntry.File(RelativePath.Parse(f.Key), Digest.Of(Encoding.UTF8.GetBytes(text)), text.Length, executable);
            }));
            return _store.Trees.Take(folder).Reference == expected.Reference
                && new WorkingTree(_temp["cache"], new Dictionary<ProgramProject, (string, string)>())
                    .Import(_store.Trees.FolderOf(expected.Reference),
                    _store.Trees.FolderOf(expected.Reference))!.Tree.Reference == expected.Reference;
        }, iter: 50, threads: 1);

    (ulong, ulong) InodeOf(Tree tree, string path)
    {
        var inode = Files.Facts(Path.Combine(_store.Trees.FolderOf(tree.Reference), path))!.Inode!;
        return (inode.Number, inode.Device);
    }
}

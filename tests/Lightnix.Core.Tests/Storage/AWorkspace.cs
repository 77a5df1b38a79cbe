using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Storage;

public sealed class AWorkspace : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;
    readonly Workspace _workspace;

    public AWorkspace()
    {
        _store = Store.Open(_temp["store"]);
        _workspace = _store.NewWorkspace();
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _store.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public void Is_empty_but_for_what_every_builder_has()
    {
        Assert.Equal("./.home\n./.tmp\n./out\n", Sh.Run("find . -mindepth 1 | sort", _workspace.Folder));
        Assert.False(_workspace.LogFile.StartsWith(_workspace.Folder + "/", StringComparison.Ordinal));
    }

    [Fact]
    public void Is_of_its_user_alone()
    {
        Assert.Equal("700\n", Sh.Run("stat -c %a ..", _workspace.Folder));
        _workspace.Reset("again");
        Assert.Equal("700\n", Sh.Run("stat -c %a ..", _workspace.Folder));
    }

    [Fact]
    public void Is_kept_without_set_id_bits()
    {
        // A file with another name may be somebody else's, and so may one behind a link.
        var other = _temp.Write("other", "");
        Sh.Run($"chmod 4755 {other}; mkdir d; cp /bin/true d/t; chmod 6755 d/t; cp /bin/true t; chmod 2700 t; ln {other} other; "
            + $"ln -s {other} link", _workspace.Folder);

        _workspace.Keep();

        Assert.Equal("755\n700\n4755\n", Sh.Run("stat -c %a d/t t other", _workspace.Folder));
    }

    [Fact]
    public void Has_sources_as_they_were_hashed()
    {
        var file = _temp.Write("src/run.sh", "echo");

        _workspace.Place(Source("tools/run.sh", "echo", file, executable: true));

        Assert.Equal("755 echo\n", Sh.Run("stat -c %a tools/run.sh | tr '\\n' ' '; cat tools/run.sh; echo", _workspace.Folder));
        Assert.Equal("LNX2006", Assert.Throws<StoreException>(() => _workspace.Place(Source("b", "other", file))).Code);
        Assert.Equal("LNX2006", Assert.Throws<StoreException>(() => _workspace.Place(Source("c", "", _temp["missing"]))).Code);
    }

    [Fact]
    public void Has_inputs_as_read_only_files_and_folders_of_its_own()
    {
        var tree = _store.Trees.Take(_temp.Make("a",
            "mkdir -p d/e empty; printf one > d/e/one; printf two > two; chmod 755 two; ln -s d/e/one link"));

        _workspace.Place(tree, _store.Trees.FolderOf(tree.Reference), RelativePath.Root, RelativePath.Parse("split"));

        var placed = Path.Combine(_workspace.Folder, "in/split");
        const string show = "find . -printf '%p %m %T@ %l\\n' | LC_ALL=C sort";
        Assert.Equal(Sh.Run(show, _store.Trees.FolderOf(tree.Reference)), Sh.Run(show, placed));
        Assert.Equal("", Sh.Run("find . -type f -links +1", placed));
        Assert.Equal("555\n", Sh.Run("stat -c %a in", _workspace.Folder));
    }

    [Fact]
    public void Has_only_the_named_paths_of_an_input()
    {
        var tree = _store.Trees.Take(_temp.Make("a",
            "mkdir -p d/e; printf one > d/e/one; printf two > d/two; printf x > other; ln -s d/two latest; ln -s d/e folder"));
        void Place(string path) =>
            _workspace.Place(tree, _store.Trees.FolderOf(tree.Reference), RelativePath.Parse(path), RelativePath.Parse("m/1/" + path));

        Place("d/e/one");
        Place("d/two");
        Place("latest");
        Place("folder");

        Assert.Equal("./1/d/e/one\n./1/d/two\n./1/folder/one\n./1/latest\n",
            Sh.Run("find . -type f | LC_ALL=C sort", Path.Combine(_workspace.Folder, "in/m")));
        Assert.Equal("", Sh.Run("find in -perm /222", _workspace.Folder));
    }

    [Theory]
    [InlineData("chmod 755 .; rm one")]
    [InlineData("chmod u+w one; printf eno > one; chmod 444 one")]
    public void Does_not_get_a_damaged_input(string damage)
    {
        var tree = _store.Trees.Take(_temp.Make("a", "printf one > one"));
        Sh.Run(damage, _store.Trees.FolderOf(tree.Reference));

        var error = Assert.Throws<StoreException>(() => _workspace.Place(tree, _store.Trees.FolderOf(tree.Reference), RelativePath.Root,
            RelativePath.Parse("a")));

        Assert.Equal("LNX3001", error.Code);
    }

    [Fact]
    public void Leaves_large_inputs_to_the_mounts_of_a_sandbox()
    {
        var tree = _store.Trees.Take(_temp.Make("a", "mkdir d; head -c 300000 /dev/zero > d/zeros; printf two > two"));
        var large = Path.Combine(_store.Trees.FolderOf(tree.Reference), "d", "zeros");

        Place(tree, "", "whole");
        Place(tree, "d/zeros", "part/d/zeros");
        Place(tree, "two", "part/two");

        Assert.Equal([(_store.Trees.FolderOf(tree.Reference), RelativePath.Parse("whole"))], _workspace.Mounts);
        // Seen twice as it is stored, it would be one file with two names to tar.
        Assert.Equal("./part/d/zeros 1\n./part/two 1\n",
            Sh.Run("find . -type f -printf '%p %n\n' | LC_ALL=C sort", Path.Combine(_workspace.Folder, "in")));
        Assert.Equal("555\n", Sh.Run("stat -c %a in", _workspace.Folder));

        _workspace.Reset("again");
        Assert.Single(_workspace.Mounts);

        _workspace.Keep();
        Assert.Equal("./part/d/zeros 444\n./part/two 444\n./whole/d/zeros 444\n./whole/two 444\n",
            Sh.Run("find . -type f -printf '%p %m\n' | LC_ALL=C sort", Path.Combine(_workspace.Folder, "in")));
        Assert.Equal(File.ReadAllBytes(large), File.ReadAllBytes(Path.Combine(_workspace.Folder, "in", "whole", "d", "zeros")));
    }

    [Fact]
    public void Gives_equal_files_of_a_mount_a_copy_each()
    {
        var tree = _store.Trees.Take(_temp.Make("a", "head -c 300000 /dev/zero > a; : > b; : > c; mkdir d; : > d/e"));

        Place(tree, "", "x");

        Assert.Equal(["x", "x/c", "x/d/e"], _workspace.Mounts.Select(m => m.At.ToString()));
        Assert.All(_workspace.Mounts.Skip(1), m => Assert.Equal("444 1 0\n", Sh.Run($"stat -c '%a %h %s' '{m.From}'", _temp[""])));
    }

    [Theory]
    [InlineData("chmod 755 .; rm one")]
    [InlineData("chmod u+w one; printf eno > one; chmod 444 one")]
    [InlineData("chmod 755 d; printf two > d/two; chmod 555 d")]
    public void Does_not_mount_a_damaged_input(string damage)
    {
        var tree = _store.Trees.Take(_temp.Make("a", "printf one > one; mkdir d; head -c 300000 /dev/zero > d/zeros"));
        Sh.Run(damage, _store.Trees.FolderOf(tree.Reference));

        Assert.Equal("LNX3001", Assert.Throws<StoreException>(() => Place(tree, "", "a")).Code);
    }

    [Fact]
    public void Is_for_another_attempt_as_it_was_for_the_first()
    {
        var tree = _store.Trees.Take(_temp.Make("a", "printf one > one"));
        var file = _temp.Write("kept", "source");
        var other = _temp.Write("spoilt", "source");
        _workspace.Place(Source("kept", "source", file));
        _workspace.Place(Source("spoilt", "source", other));
        _workspace.Place(tree, _store.Trees.FolderOf(tree.Reference), RelativePath.Root, RelativePath.Parse("a"));
        _workspace.Write(RelativePath.Parse(".context.json"), "{}"u8);
        Sh.Run("echo x > out/x; echo x > junk; echo x > .home/x; echo changed > spoilt; chmod -R u+w in; echo changed > in/a/one; "
            + "echo changed > .context.json; rmdir .tmp", _workspace.Folder);
        File.WriteAllText(_workspace.LogFile, "failed");
        // Edited by its author while the builder ran: this run does not care.
        File.WriteAllText(file, "edited");

        _workspace.Reset("lightnix: try 1 of 2 failed");

        Assert.Equal("./.context.json:{}\n./in/a/one:one\n./kept:source\n./spoilt:source\n",
            Sh.Run("find . -type f | LC_ALL=C sort | while read -r f; do printf '%s:' $f; cat $f; echo; done", _workspace.Folder));
        Assert.Equal("", _workspace.LogTail(3));
        File.AppendAllText(_workspace.LogFile, "again\n");
        Assert.Equal("again", _workspace.LogTail(3));
        Assert.Equal("failed\nlightnix: try 1 of 2 failed\nagain\n", File.ReadAllText(_workspace.LogFile));
        Assert.Equal(["w"], Files.Names(Path.GetDirectoryName(_workspace.Folder)!).Order());
    }

    [Fact]
    public void Reports_the_end_of_its_log()
    {
        File.WriteAllText(_workspace.LogFile, string.Concat(Enumerable.Range(1, 30000).Select(i => $"line {i}\n"))
            + " 10 %\r 90 %\r100 %\r\nlast\n");

        Assert.Equal("line 30000\n100 %\nlast", _workspace.LogTail(3));
    }

    [Fact]
    public void Is_gone_afterwards_whatever_is_in_it()
    {
        const string script = """mkdir -p a/b; : > a/b/c; : > "$(printf 'a/b/\351')"; chmod 000 a/b; chmod 555 a; ln -s / root; mkfifo f""";
        Sh.Run(script, _workspace.Folder);

        _workspace.Dispose();

        Assert.False(Directory.Exists(Path.GetDirectoryName(_workspace.Folder)));
        Assert.True(Directory.Exists("/tmp"));
    }

    void Place(Tree tree, string from, string at)
    {
        var source = from.Length == 0 ? RelativePath.Root : RelativePath.Parse(from);
        _workspace.Place(tree, _store.Trees.FolderOf(tree.Reference), source, RelativePath.Parse(at), sandboxed: true);
    }

    static SourceFile Source(string path, string text, string file, bool executable = false) =>
        new(new(RelativePath.Parse(path), Digest.Of(System.Text.Encoding.UTF8.GetBytes(text)), executable), file);
}

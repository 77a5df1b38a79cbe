using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Projects;

namespace Lightnix.Storage;

public sealed class AnOutputThatIsRefused : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;

    public AnOutputThatIsRefused() => _store = Store.Open(_temp["store"]);

    public void Dispose()
    {
        _store.Dispose();
        _temp.Dispose();
    }

    [Theory]
    [InlineData("mkfifo a", "'a' is a FIFO")]
    [InlineData("mkdir b; mknod b/null c 1 3", "'b/null' is a device")]
    [InlineData("python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('s')\"", "'s' is a socket")]
    [InlineData(": > a; chmod 4755 a", "'a' has a set-id bit")]
    [InlineData(": > a; chmod 2755 a", "'a' has a set-id bit")]
    [InlineData("mkdir a; chmod 4755 a", "'a' has a set-id bit")]
    [InlineData("ln -s /etc/passwd a", "'a' is an absolute link, to '/etc/passwd'")]
    [InlineData("mkdir b; ln -s ../../x b/a", "'b/a' is a link out of the tree, to '../../x'")]
    [InlineData("mkdir b; ln -s .. b/up; ln -s b/up/../x a", "'a' is a link out of the tree, to 'b/up/../x'")]
    [InlineData("ln -s ../out/b a; : > b", "'a' is a link out of the tree, to '../out/b'")]
    [InlineData("""mkdir b; : > "$(printf 'b/n\351')" """, "'b/n%E9' has a name that is not UTF-8")]
    [InlineData("""ln -s "$(printf '\351')" a """, "'a' is a link to a name that is not UTF-8")]
    public void Is_named_with_its_reason(string script, string expected)
    {
        var folder = _temp.Make("out", script);

        var error = Assert.Throws<StoreException>(() => _store.Trees.Take(folder));

        Assert.Equal("LNX2007", error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(Files.Names(_temp["store/trees"]));
        using var working = new WorkingTree(_temp["cache"], new Dictionary<ProgramProject, (string, string)>());
        Assert.Contains(expected, Assert.Throws<WorkingTreeException>(() => working.Import(folder, folder)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Is_named_with_all_that_is_wrong()
    {
        var folder = _temp.Make("out", "mkfifo b; ln -s / a; : > c; chmod 6755 c; : > fine");

        var error = Assert.Throws<StoreException>(() => _store.Trees.Take(folder));

        Assert.Equal($"'{folder}' is refused: 'a' is an absolute link, to '/'; 'b' is a FIFO; 'c' has a set-id bit", error.Message);
    }

    [Fact]
    public void Because_it_is_no_folder_any_more()
    {
        var workspace = _store.NewWorkspace();
        Sh.Run("rmdir out; ln -s /etc out", workspace.Folder);

        Assert.Equal("LNX2007", Assert.Throws<StoreException>(() => _store.Trees.Take(workspace.Out)).Code);
        Sh.Run("rm out; : > out", workspace.Folder);
        Assert.Equal("LNX2007", Assert.Throws<StoreException>(() => _store.Trees.Take(workspace.Out)).Code);
        Sh.Run("rm out", workspace.Folder);
        Assert.Equal("LNX2007", Assert.Throws<StoreException>(() => _store.Trees.Take(workspace.Out)).Code);
    }

    [Theory]
    [InlineData("ln -s b a; : > b")]
    [InlineData("ln -s missing a")]
    [InlineData("ln -s a a")]
    [InlineData("mkdir -p b/c; ln -s ../../x b/c/a; : > x")]
    [InlineData("mkdir -p b/c; ln -s b/c d; ln -s d/../../x a; : > x")]
    [InlineData("mkdir b; ln -s . b/a")]
    public void Is_not_a_link_that_stays_inside(string script)
    {
        var tree = _store.Trees.Take(_temp.Make("out", script));

        Assert.Single(tree.Entries.OfType<TreeEntry.Link>(), l => l.Path.Name == "a");
    }

    [Fact]
    public void Is_not_one_in_a_set_group_folder_of_a_team()
    {
        Sh.Run("chmod g+s store/work", _temp.Folder);
        var workspace = _store.NewWorkspace();
        Sh.Run("mkdir a; : > a/b", workspace.Out);

        Assert.Single(_store.Trees.Take(workspace.Out).Entries);
    }

    [Fact]
    public void Is_not_one_with_names_that_clash_which_is_reported()
    {
        var tree = _store.Trees.Take(_temp.Make("out", "mkdir a A; : > a/x; : > A/y; : > Read; : > read; : > other"));

        Assert.Equal(["'A' and 'a' differ only in case or Unicode form", "'Read' and 'read' differ only in case or Unicode form"],
            NameClashes.Of(tree).ToArray());
        Assert.Empty(NameClashes.Of(Tree.Of([new TreeEntry.File(RelativePath.Parse("a/a"), Digest.Of([]), 0, false)])));
    }
}

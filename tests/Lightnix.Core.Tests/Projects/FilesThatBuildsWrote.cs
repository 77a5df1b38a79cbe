using Lightnix.Building;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>A project in <c>project/</c>, and what builds of it and of others left there.</summary>
public sealed class FilesThatBuildsWrote : IDisposable
{
    readonly TempFolder _temp = new();

    public FilesThatBuildsWrote() => _temp.Write("project/data.lnproj", "<Project />");

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("sub/sub.csproj", "sub/bin/Debug/x.json")]
    [InlineData("sub/sub.fsproj", "sub/obj/x.json")]
    [InlineData("app.csproj", "bin/x.json")]
    [InlineData("sub/sub.lnproj", "sub/obj/lightnix/digests")]
    [InlineData("artifacts/obj/app/project.assets.json", "artifacts/bin/app/x.json")]
    [InlineData("artifacts/obj/data/data.lnproj.PublishOutputs.txt", "artifacts/publish/data/x.json")]
    public void Are_below_folders_of_other_projects_and_former_builds(string sign, string file)
    {
        Assert.Null(Why(_temp.Write($"project/{file}", "{}")));
        _temp.Write($"project/{sign}", "<Project />");
        Assert.NotNull(Why(_temp[$"project/{file}"]));
    }

    [Theory]
    [InlineData("words/a.txt")]
    [InlineData("bin/run.sh")]
    [InlineData("publish/upload.py")]
    [InlineData("models/obj/chair.obj")]
    [InlineData("package/a.txt")]
    public void Are_not_those_of_the_author(string file) => Assert.Null(Why(_temp.Write($"project/{file}", "mine")));

    [Fact]
    public void Are_not_all_of_a_project_that_lies_in_a_bin_folder()
    {
        _temp.Write("tools.csproj", "<Project />");
        var file = _temp.Write("bin/project/a.txt", "mine");

        Assert.Null(new WrittenFiles(null, [], Digest).Why(file, _temp["bin/project"]));
        Assert.NotNull(new WrittenFiles(null, [], Digest).Why(file, _temp["project"]));
    }

    [Theory]
    [InlineData("obj/app.csproj.FileListAbsolute.txt", "obj/app.dll")]
    [InlineData("obj/Release/net10.0/app.csproj.FileListAbsolute.txt", "obj/Release/net10.0/app.dll")]
    [InlineData("obj/data.lnproj.PublishOutputs.txt", "obj/data.lnproj.PublishOutputs.txt")]
    public void Are_the_same_in_a_copy_of_the_folder(string list, string own)
    {
        var written = _temp.Write("project/out/x.json", "{}");
        _temp.Write("project/out/mine.json", "{}");
        _temp.Write($"project/{list}", $"{_temp["project"]}/{own}\n{written}\n");
        Sh.Run("cp -a project copy", _temp.Folder);

        Assert.NotNull(new WrittenFiles(_temp["copy/obj"], [], Digest).Why(_temp["copy/out/x.json"], _temp["copy"]));
        Assert.Null(new WrittenFiles(_temp["copy/obj"], [], Digest).Why(_temp["copy/out/mine.json"], _temp["copy"]));
    }

    [LinuxFact]
    public void Are_reached_by_links_into_any_store()
    {
        using var store = Store.Open(_temp["store"]);
        var tree = store.Trees.FolderOf(store.Trees.Take(_temp.Make("out", "printf one > one")).Reference);
        Sh.Run($"mkdir -p sub/bin/many bin2; ln -s {tree} sub/bin/t; ln -s {tree} sub/bin/many/1; ln -s ../sub/bin/t/one bin2/mine; "
            + $"ln -s ../../out/one bin2/other; ln -s loop loop", _temp["project"]);

        Assert.All(["sub/bin/t/one", "sub/bin/many/1/one", "bin2/mine"], file => Assert.NotNull(Why(_temp[$"project/{file}"])));
        Assert.Null(Why(_temp["project/bin2/other"]));
        Assert.Null(Why(_temp["project/loop"]));
    }

    [LinuxFact]
    public void Are_copies_of_results_in_a_publish_folder()
    {
        using var store = Store.Open(_temp["store"]);
        var tree = store.Trees.FolderOf(store.Trees.Take(_temp.Make("out", "printf one > one; printf two > two")).Reference);
        Sh.Run($"mkdir publish words; cp -p {tree}/one {tree}/two publish; chmod 644 publish/two; printf own > publish/own; "
            + $"cp -p {tree}/one words", _temp["project"]);

        Assert.NotNull(Why(_temp["project/publish/one"]));
        Assert.Null(Why(_temp["project/publish/own"]));
        // An author may take a result for his own.
        Assert.Null(Why(_temp["project/words/one"]));
        Sh.Run("printf my2 > publish/two", _temp["project"]);
        Assert.Null(Why(_temp["project/publish/two"]));
    }

    [Fact]
    public void Are_named_in_lists_of_builds()
    {
        foreach (var file in new[] { "pub/a.json", "out/b.json", "sub/out/c.txt", "else/d.txt", "e.txt", "own.txt" })
            _temp.Write($"project/{file}", "{}");
        _temp.Write("project/obj/Release/net10.0/PublishOutputs.7c4c6e9cec.txt", _temp["project/pub/a.json"]);
        _temp.Write("project/obj/Debug/net10.0/app.csproj.FileListAbsolute.txt", _temp["project/out/b.json"] + "\n"
            + _temp["project/out/app.dll"]);
        _temp.Write("project/sub/obj/sub.lnproj.PublishOutputs.txt", _temp["project/sub/out/c.txt"]);
        _temp.Write("elsewhere/obj/data.lnproj.PublishOutputs.txt", _temp["project/else/d.txt"]);
        // A build into the folder of its own sources.
        _temp.Write("project/obj/Debug/net10.0/here.csproj.FileListAbsolute.txt", _temp["project/here.dll"] + "\n"
            + _temp["project/own.txt"]);

        Assert.All(["pub/a.json", "out/b.json", "sub/out/c.txt", "else/d.txt"],
            file => Assert.NotNull(Why(_temp[$"project/{file}"], "elsewhere/obj")));
        Assert.All(["e.txt", "own.txt"], file => Assert.Null(Why(_temp[$"project/{file}"], "elsewhere/obj")));
    }

    string? Why(string file, string? lists = null)
    {
        using var tree = new WorkingTree(_temp["cache/digests"], new Dictionary<ProgramProject, (string, string)>(), lists: lists is null
            ? null
            : _temp[lists]);
        return tree.Written(file, _temp["project"])?.Why;
    }

    static Hashing.Digest? Digest(string path, FileFacts facts) => Files.DigestOf(path);
}

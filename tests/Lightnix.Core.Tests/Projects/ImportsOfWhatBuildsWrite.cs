using Lightnix.Building;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>A project in <c>project/</c> that imports folders in which builds write.</summary>
public sealed class ImportsOfWhatBuildsWrite : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;
    readonly string _result;

    public ImportsOfWhatBuildsWrite()
    {
        _store = Store.Open(_temp["store"]);
        _result = _store.Trees.FolderOf(_store.Trees.Take(_temp.Make("out", "printf 1 > v")).Reference);
        _temp.Write("project/data.lnproj", "<Project />");
        _temp.Write("project/d/x", "mine");
        _temp.Write("other/other.lnproj", "<Project />");
        Sh.Run($"mkdir -p project/bin/many other/bin; for l in project/bin/a project/bin/many/1 other/bin/b; do ln -s {_result} $l; done",
            _temp.Folder);
    }

    public void Dispose()
    {
        _store.Dispose();
        _temp.Dispose();
    }

    [LinuxTheory]
    [InlineData("project/bin/a")]
    [InlineData("project/bin/a/v")]
    [InlineData("project/bin/many/1")]
    [InlineData("other/bin/b/v")]
    [InlineData("other/bin")]
    [InlineData("project/linked")]
    [InlineData("project/far/v")]
    [InlineData("store")]
    [InlineData("store/trees")]
    [InlineData("project/obj")]
    [InlineData("other/obj/x")]
    [InlineData("not-yet/store")]
    public void Are_refused(string path)
    {
        _temp.Write("project/obj/x", "1");
        _temp.Write("other/obj/x", "1");
        _temp.Write("not-yet/store/x", "1");
        Sh.Run("ln -s ../other/bin/b project/linked; ln -s project/linked far; ln -s ../far project/far", _temp.Folder);

        Assert.NotEmpty(Import(path).Refused);
    }

    [LinuxTheory]
    [InlineData("ln -s ../bin/a project/d/result")]
    [InlineData("ln -s ../bin/a/v project/d/result")]
    [InlineData("ln -s ../../other/bin/b project/d/result")]
    [InlineData("mkdir -p project/d/deep; ln -s ../../bin/many/1/v project/d/deep/result")]
    [InlineData("ln -s \"$(readlink project/bin/a)\" project/d/result")]
    public void Are_refused_for_a_link_in_the_folder(string link)
    {
        Sh.Run(link, _temp.Folder);

        var refused = Assert.Single(Import("project/d").Refused);

        Assert.EndsWith("/result", refused.Path, StringComparison.Ordinal);
        Assert.True(refused.Written.IsResult);
    }

    [LinuxFact]
    public void Leave_out_what_is_below_the_folder()
    {
        var before = Import("project").Tree;
        Sh.Run($"mkdir -p project/sub/bin/many project/obj; for l in project/sub/bin/a project/sub/bin/many/1; do ln -s {_result} $l; "
            + $"done", _temp.Folder);
        foreach (var file in new[] { "project/obj/digests", "project/sub/obj/x", "project/.store/format", "project/.store/trees/x",
            "project/lightnix.lock.json" })
            _temp.Write(file, StoreLayout.Format);
        _temp.Write("project/sub/sub.lnproj", "<Project />");
        Assert.Null(new TextLinks().TryMake(_temp["project/sub/bin/b"], _result));

        var after = Import("project").Tree;

        Assert.Equal([.. before.Entries.Select(e => e.Path.ToString()), "sub/sub.lnproj"], after.Entries.Select(e => e.Path.ToString()));
        Sh.Run("rm project/sub/bin/a project/sub/bin/b; rm -r project/sub/bin/many", _temp.Folder);
        Assert.Equal(after.Reference, Import("project").Tree.Reference);
    }

    [LinuxFact]
    public void Keep_an_empty_folder_in_which_only_something_came_that_is_left_out()
    {
        Sh.Run("mkdir project/d/empty project/d/deep; mkdir project/d/deep/est", _temp.Folder);
        var before = Import("project/d").Tree;
        _temp.Write("project/d/empty/lightnix.lock.json", "{}");
        _temp.Write("project/d/deep/est/lightnix.lock.json", "{}");

        Assert.Equal(before.Reference, Import("project/d").Tree.Reference);
    }

    [LinuxFact]
    public void Leave_nothing_out_of_an_honest_folder()
    {
        foreach (var file in new[] { "trees/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08/x", "bin/run.sh",
            "obj/chair.obj", "format", "publish/x" })
            _temp.Write($"data/{file}", file);
        Sh.Run("ln -s bin/run.sh data/link; mkdir data/empty", _temp.Folder);

        Assert.Equal(_store.Trees.Take(_temp["data"]).Reference, Import("data").Tree.Reference);
    }

    [LinuxFact]
    public void Are_right_in_a_project_that_lies_in_a_folder_like_a_store()
    {
        const string folder = "trees/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        _temp.Write($"{folder}/project/d/x", "mine");
        using var tree = Tree($"{folder}/project");

        Assert.Equal(["x"], tree.Import(_temp[$"{folder}/project/d"],
            _temp[$"{folder}/project"])!.Tree.Entries.Select(e => e.Path.ToString()));
    }

    [LinuxFact]
    public void Are_taken_as_they_were_planned()
    {
        var planned = Import("project").Tree;
        Sh.Run($"mkdir -p project/obj; printf new > project/obj/x; printf new > project/new; ln -s {_result} project/bin/late",
            _temp.Folder);

        Assert.Equal(planned.Reference, _store.Trees.TakeImport(_temp["project"], planned)!.Reference);
        Sh.Run("rm project/d/x", _temp.Folder);
        Assert.Null(_store.Trees.TakeImport(_temp["project"], planned));
    }

    ImportedContent Import(string path)
    {
        using var tree = Tree("project");
        return tree.Import(_temp[path], _temp["project"])!;
    }

    WorkingTree Tree(string project) => new(
        _temp["cache"],
        new Dictionary<ProgramProject, (string, string)>(),
        lists: _temp[$"{project}/obj"],
        never: [_temp[$"{project}/obj/"], _temp[$"{project}/bin/"], _temp["not-yet/store"]]);
}

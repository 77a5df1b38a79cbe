using System.Text;
using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Projects;

public sealed class LinksToResults : IDisposable
{
    readonly TempFolder _temp = new();
    readonly ResultLinks _links;
    readonly string[] _trees;

    public LinksToResults()
    {
        _links = new(_temp["bin"]);
        _trees = [.. "abcd".Select(c => _temp["store/trees/" + new string(c, 64)])];
        foreach (var tree in _trees)
            Directory.CreateDirectory(tree);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Show_the_choice()
    {
        _links.Show(Trees(("model", 0), ("split", 1)).Append(Several("all", 0, 2)).ToDictionary());

        Assert.Equal($"all/1 {_trees[0]}\nall/2 {_trees[2]}\nmodel {_trees[0]}\nsplit {_trees[1]}\n", Shown());
    }

    [Fact]
    public void Follow_the_choice()
    {
        _links.Show(Trees(("model", 0), ("split", 1), ("one", 0)).Append(Several("all", 0, 2)).Append(Several("many", 0, 1))
            .ToDictionary());

        _links.Show(Trees(("model", 3), ("many", 2)).Append(Several("all", 1)).Append(Several("one", 3)).ToDictionary());

        Assert.Equal($"all/1 {_trees[1]}\nmany {_trees[2]}\nmodel {_trees[3]}\none/1 {_trees[3]}\n", Shown());
    }

    [Fact]
    public void Are_not_written_when_nothing_changed()
    {
        var trees = Trees(("model", 0)).Append(Several("all", 0, 2)).ToDictionary();
        _links.Show(trees);
        var before = Sh.Run("stat -c '%n %i %Z' . * */*", _temp["bin"]);

        _links.Show(trees);

        Assert.Equal(before, Sh.Run("stat -c '%n %i %Z' . * */*", _temp["bin"]));
    }

    [Fact]
    public void Do_not_replace_a_file_where_their_folder_belongs()
    {
        _temp.Write("file", "mine");

        foreach (var folder in new[] { _temp["file"] + '/', _temp["file/deep/er"] })
        {
            var refused = Assert.Throws<StoreException>(() => new ResultLinks(folder).Show(Trees(("model", 0)).ToDictionary()));
            new ResultLinks(folder).Show(Trees().ToDictionary());
            new ResultLinks(folder).Clear();

            Assert.Equal("LNX3004", refused.Code);
            Assert.StartsWith($"'{_temp["file"]}' is a file", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal("mine", File.ReadAllText(_temp["file"]));
    }

    [Fact]
    public void Are_all_that_is_cleared()
    {
        _temp.Write("bin/mine/1", "file");
        _temp.Write("bin/notes.txt", "file");
        Directory.CreateDirectory(_temp["bin/empty"]);
        File.CreateSymbolicLink(_temp["bin/elsewhere"], "/etc");
        _links.Show(Trees(("model", 0)).Append(Several("all", 0, 2)).ToDictionary());

        _links.Clear();

        Assert.Equal(["elsewhere", "empty", "mine", "notes.txt"], Files.Names(_temp["bin"]).Order());
    }

    [Fact]
    public void Never_take_the_place_of_something_else()
    {
        _temp.Write("bin/model/weights", "precious");
        _temp.Write("bin/all", "precious");

        var trees = Trees(("model", 0), ("split", 1)).Append(Several("all", 0)).ToDictionary();
        var error = Assert.Throws<StoreException>(() => _links.Show(trees));

        Assert.Equal("LNX3004", error.Code);
        Assert.Contains(_temp["bin/model"], error.Message, StringComparison.Ordinal);
        Assert.Contains(_temp["bin/all"], error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_temp["bin/model/weights"]));
        Assert.Equal("precious", File.ReadAllText(_temp["bin/all"]));
        Assert.Equal($"split {_trees[1]}\n", Shown());
    }

    [Fact]
    public void Are_removed_also_when_the_store_has_gone_or_an_exchange_was_interrupted()
    {
        _links.Show(Trees(("model", 0)));
        Native.DeleteAll(_temp["store"]);
        Directory.CreateDirectory(_temp["bin/.lightnix-abc"]);
        File.CreateSymbolicLink(_temp["bin/.lightnix-def"], _trees[0]);

        _links.Show(Trees());

        Assert.Empty(Files.Names(_temp["bin"]));
    }

    [Fact]
    public async Task May_be_shown_by_many_at_once()
    {
        using var store = Store.Open(_temp["store"]);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var turn = 0; turn < 20; turn++)
            {
                var trees = (i + turn) % 2 == 0
                    ? Trees(("one", 0), ("two", 1))
                    : new[] { Several("one", 2, 3), Several("three", 0) }.ToDictionary();
                await new ResultLinks(_temp["bin"]).ShowAsync(trees, store.Locks, CancellationToken.None);
            }
        })));

        await _links.ShowAsync(Trees(("one", 0)), store.Locks, CancellationToken.None);
        Assert.Equal($"one {_trees[0]}\n", Shown());
    }

    [Fact]
    public void Need_no_folder_when_there_is_nothing_to_show()
    {
        _links.Show(Trees());
        _links.Clear();

        Assert.False(Directory.Exists(_temp["bin"]));
    }

    [Fact]
    public void Of_projects_in_one_folder_are_left_alone_by_each_other()
    {
        var (a, b) = (Project("a"), Project("b"));
        a.Build(Trees(("model", 0), ("split", 1)));
        b.Build(Trees(("report", 2)));
        a.Build(Trees(("model", 3)));
        Assert.Equal($"model {_trees[3]}\nreport {_trees[2]}\n", Shown());
        // Nothing there is taken for a project by who looks for all of them (**/*.lnproj).
        Assert.DoesNotContain(Files.Names(_temp["obj"]), n => n.EndsWith("proj", StringComparison.Ordinal));

        a.Clean();
        Assert.False(a.Memory.Forget());
        Assert.Equal($"report {_trees[2]}\n", Shown());

        a.Build(Trees(("model", 0)));
        var refused = Assert.Throws<StoreException>(() => b.Build(Trees(("model", 1), ("report", 2))));
        Assert.Equal("LNX3004", refused.Code);
        Assert.Contains("a.lnproj", refused.Message, StringComparison.Ordinal);
        Assert.Equal($"model {_trees[0]}\nreport {_trees[2]}\n", Shown());
    }

    [Fact]
    public void Of_a_project_that_is_gone_are_nobodys()
    {
        var (a, b) = (Project("a"), Project("b"));
        a.Build(Trees(("model", 0)));
        File.Delete(_temp["a.lnproj"]);

        b.Build(Trees(("report", 1)));

        Assert.Equal($"report {_trees[1]}\n", Shown());
    }

    [Theory]
    [InlineData("bin")]
    [InlineData("deep/er/links")]
    [InlineData("../outside")]
    public void Of_an_original_are_left_alone_by_its_copy(string folder)
    {
        var original = Project("p/data", folder);
        original.Build(Trees(("model", 0)));
        Sh.Run("cp -a p q; cp -a p r", _temp.Folder);

        Project("q/data", "other").Build(Trees(("model", 0)));
        Project("r/data", "other").Clean();

        Assert.Equal($"model {_trees[0]}\n", Shown(original.Folder));
        Assert.Equal($"model {_trees[0]}\n", Shown(_temp["q/other"]));
    }

    [Fact]
    public void Of_an_original_are_left_alone_where_a_link_leads_to_them()
    {
        Sh.Run("mkdir p outside; ln -s ../outside p/links", _temp.Folder);
        Project("p/data", "links").Build(Trees(("model", 0)));
        Sh.Run("cp -a p q", _temp.Folder);

        Project("q/data", "bin").Build(Trees(("model", 0)));

        Assert.Equal($"model {_trees[0]}\n", Shown(_temp["outside"]));
    }

    [Fact]
    public void Of_an_original_are_left_alone_by_a_clean_of_a_copy_that_names_the_same_folder()
    {
        Project("p/data", "../outside").Build(Trees(("model", 0)));
        Sh.Run("cp -a p q", _temp.Folder);

        Project("q/data", "../outside").Clean();

        Assert.Equal($"model {_trees[0]}\n", Shown(_temp["outside"]));
    }

    [Fact]
    public void Of_a_copy_know_those_of_its_neighbours()
    {
        Project("p/a").Build(Trees(("model", 0)));
        Project("p/b").Build(Trees(("report", 1)));
        Sh.Run("cp -a p q", _temp.Folder);

        Project("q/a").Build(Trees(("model", 2)));

        Assert.Equal($"model {_trees[2]}\nreport {_trees[1]}\n", Shown(_temp["q/bin"]));
        Assert.Equal($"model {_trees[0]}\nreport {_trees[1]}\n", Shown(_temp["p/bin"]));
    }

    [Theory]
    [InlineData("p", "bin", "links")]
    [InlineData("p", "bin", "../outside")]
    [InlineData("p", "../outside", "bin")]
    [InlineData("moved", "bin", "links")]
    public void Do_not_stay_where_their_project_has_them_no_more(string place, string before, string after)
    {
        Project("p/data", before).Build(Trees(("model", 0)));
        if (place != "p")
            Directory.Move(_temp["p"], _temp[place]);

        Project($"{place}/data", after).Build(Trees(("model", 1)));

        Assert.Empty(Files.Names(_temp[$"{place}/{before}"]));
        Assert.Equal($"model {_trees[1]}\n", Shown(_temp[$"{place}/{after}"]));
    }

    [Fact]
    public void Noted_by_an_earlier_version_are_removed_below_the_project_only()
    {
        var (inside, outside) = (Project("p/data", "old"), Project("q/data", "../outside"));
        foreach (var project in new[] { inside, outside })
        {
            project.Build(Trees(("model", 0)));
            File.WriteAllText(Path.Combine(project.Notes, "links of data.lnproj.txt"), $"{project.Folder}\nmodel");
        }

        Project("p/data", "new").Build(Trees(("model", 0)));
        Project("q/data", "new").Build(Trees(("model", 0)));

        Assert.Empty(Files.Names(inside.Folder));
        Assert.Equal($"model {_trees[0]}\n", Shown(outside.Folder));
    }

    [Fact]
    public void Are_texts_where_none_can_be_made()
    {
        var links = new ResultLinks(_temp["bin"], null, new FolderLinks(new Refused(), new TextLinks()));

        Assert.Equal("no privilege", links.Show(Trees(("model", 0), ("split", 1)).Append(Several("all", 0, 2)).ToDictionary()));
        Assert.Contains($"\n{_trees[0]}\n", File.ReadAllText(_temp["bin/model"]), StringComparison.Ordinal);
        Assert.Contains($"\n{_trees[2]}\n", File.ReadAllText(_temp["bin/all/2"]), StringComparison.Ordinal);
        var before = Sh.Run("stat -c '%n %i %Z' . * */*", _temp["bin"]);

        links.Show(Trees(("model", 0), ("split", 1)).Append(Several("all", 0, 2)).ToDictionary());
        Assert.Equal(before, Sh.Run("stat -c '%n %i %Z' . * */*", _temp["bin"]));

        links.Show(Trees(("model", 3)).Append(Several("all", 1)).ToDictionary());
        Assert.Contains(_trees[3], File.ReadAllText(_temp["bin/model"]), StringComparison.Ordinal);
        Assert.Equal(["all", "all/1", "model"], Sh.Run("find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort", _temp["bin"]).Trim()
            .Split('\n'));

        // Where links can be made, they take the place of texts.
        Assert.Null(_links.Show(Trees(("model", 1)).Append(Several("all", 1, 2)).ToDictionary()));
        Assert.Equal($"all/1 {_trees[1]}\nall/2 {_trees[2]}\nmodel {_trees[1]}\n", Shown());

        links.Clear();
        Assert.Empty(Files.Names(_temp["bin"]));
    }

    [Fact]
    public void Are_not_texts_of_the_author()
    {
        _temp.Write("bin/model", $"the result is in the folder\n{_trees[0]}\n");

        Assert.Equal("LNX3004", Assert.Throws<StoreException>(() => _links.Show(Trees(("model", 0)))).Code);
        _links.Clear();

        Assert.True(File.Exists(_temp["bin/model"]));
    }

    [Fact]
    public void Are_made_in_the_first_way_that_works()
    {
        Assert.Null(new ResultLinks(_temp["bin"], null, new FolderLinks(new Refused(), new SymbolicLinks(), new TextLinks()))
            .Show(Trees(("model", 0))));

        Assert.Equal($"model {_trees[0]}\n", Shown());
        var links = new ResultLinks(_temp["bin"], null, new FolderLinks(new Refused()));
        var failed = Assert.Throws<IOException>(() => links.Show(Trees(("model", 1), ("split", 2))));
        Assert.Contains("no privilege", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_a_folder_for_Windows_and_for_people()
    {
        var data = Native.JunctionData(@"C:\store\t");

        Assert.Equal(0xA0000003, BitConverter.ToUInt32(data, 0));
        Assert.Equal(data.Length - 8, BitConverter.ToUInt16(data, 4));
        Assert.Equal(@"\??\C:\store\t", Encoding.Unicode.GetString(data, 16 + BitConverter.ToUInt16(data, 8),
            BitConverter.ToUInt16(data, 10)));
        Assert.Equal(@"C:\store\t", Encoding.Unicode.GetString(data, 16 + BitConverter.ToUInt16(data, 12),
            BitConverter.ToUInt16(data, 14)));
    }

    [LinuxFact]
    public void Are_exchanged_also_where_one_of_them_cannot_be()
    {
        var trees = Trees(("model", 0), ("split", 1)).Append(Several("all", 0, 2)).ToDictionary();
        _links.Show(trees);
        if (Sh.TryRun("sh", _temp["bin"], ["-c", "mount --bind all all"]).ExitCode != 0)
            return;
        try
        {
            Assert.Throws<IOException>(() => _links.Show(Trees(("model", 2), ("split", 3)).Append(Several("all", 1)).ToDictionary()));
        }
        finally
        {
            Sh.Run("umount all", _temp["bin"]);
        }

        Assert.Equal($"model {_trees[2]}\nsplit {_trees[3]}",
            Sh.Run("find . -maxdepth 1 -type l -printf '%P %l\n' | LC_ALL=C sort", _temp["bin"]).Trim());
    }

    [OverlayFact]
    public void Name_their_folder_where_it_may_not_be_written_to()
    {
        _temp.Make("bin", "mount -t tmpfs -o ro none .");
        try
        {
            var refused = Assert.Throws<StoreException>(() => _links.Show(Trees(("model", 1)).Append(Several("all", 1)).ToDictionary()));

            Assert.Equal(("LNX3003", true), (refused.Code,
                refused.Message.StartsWith($"the link folder '{_temp["bin"]}' may not be written to", StringComparison.Ordinal)));
        }
        finally
        {
            Sh.Run("umount bin", _temp.Folder);
        }
    }

    [OverlayFact]
    public void Are_made_elsewhere_although_the_former_ones_cannot_be_removed()
    {
        var (former, now) = (Project("one"), Project("one", "other"));
        former.Build(Trees(("model", 1)));
        Sh.Run("mount --bind bin bin; mount -o remount,ro,bind bin", _temp.Folder);
        try
        {
            Assert.Equal($"the links in '{former.Folder}' stay, because they could not be removed",
                Assert.Single(now.Memory.Move(now.Folder, ["model"])));
            Assert.Empty(now.Memory.Move(now.Folder, ["model"]));
        }
        finally
        {
            Sh.Run("umount bin", _temp.Folder);
        }
    }

    /// <summary>As Windows answers to most users.</summary>
    sealed class Refused : ILinkMaker
    {
        public string? TryMake(string path, string folder) => "no privilege";
    }

    Neighbour Project(string name, string folder = "bin")
    {
        var file = _temp.Write($"{name}.lnproj", "");
        var home = Path.GetDirectoryName(file)!;
        return new(new(Path.Combine(home, "obj"), file), Path.GetFullPath(folder, home), Path.Combine(home, "obj"));
    }

    /// <summary>One of several projects that share their folders.</summary>
    sealed record Neighbour(LinkMemory Memory, string Folder, string Notes)
    {
        public void Build(Dictionary<string, LinkTarget> trees)
        {
            Memory.Move(Folder, trees.Keys);
            new ResultLinks(Folder, () => Memory.Others(Folder)).Show(trees);
        }

        public void Clean()
        {
            Memory.Clear(Folder);
            Memory.Forget();
        }
    }

    Dictionary<string, LinkTarget> Trees(params (string Name, int Tree)[] trees) =>
        trees.ToDictionary(t => t.Name, t => new LinkTarget([_trees[t.Tree]], Plural: false), StringComparer.OrdinalIgnoreCase);

    KeyValuePair<string, LinkTarget> Several(string name, params int[] trees) =>
        new(name, new([.. trees.Select(t => _trees[t])], Plural: true));

    string Shown(string? folder = null) => Sh.Run("find . -type l -printf '%P %l\\n' | LC_ALL=C sort", folder ?? _temp["bin"]);
}

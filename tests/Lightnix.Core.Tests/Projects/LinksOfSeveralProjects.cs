using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Projects in one folder, and copies of projects, beside each other.</summary>
public sealed class LinksOfSeveralProjects : LinkBench
{
    [Fact]
    public void Of_projects_in_one_folder_are_left_alone_by_each_other()
    {
        var (a, b) = (Project("a"), Project("b"));
        a.Build(Trees(("model", 0), ("split", 1)));
        b.Build(Trees(("report", 2)));
        a.Build(Trees(("model", 3)));
        Assert.Equal($"model {Stored[3]}\nreport {Stored[2]}\n", Shown());
        // No file there is found by the pattern **/*.lnproj.
        Assert.DoesNotContain(Files.Names(Temp["obj"]), n => n.EndsWith("proj", StringComparison.Ordinal));

        a.Clean();
        Assert.False(a.Memory.Forget());
        Assert.Equal($"report {Stored[2]}\n", Shown());

        a.Build(Trees(("model", 0)));
        var refused = Assert.Throws<StoreException>(() => b.Build(Trees(("model", 1), ("report", 2))));
        Assert.Equal("LNX3004", refused.Code);
        Assert.Contains("a.lnproj", refused.Message, StringComparison.Ordinal);
        Assert.Equal($"model {Stored[0]}\nreport {Stored[2]}\n", Shown());
    }

    [Fact]
    public void Of_a_project_that_is_gone_belong_to_no_project()
    {
        var (a, b) = (Project("a"), Project("b"));
        a.Build(Trees(("model", 0)));
        File.Delete(Temp["a.lnproj"]);

        b.Build(Trees(("report", 1)));

        Assert.Equal($"report {Stored[1]}\n", Shown());
    }

    [Theory]
    [InlineData("bin")]
    [InlineData("deep/er/links")]
    [InlineData("../outside")]
    public void Of_an_original_are_left_alone_by_its_copy(string folder)
    {
        var original = Project("p/data", folder);
        original.Build(Trees(("model", 0)));
        Sh.Run("cp -a p q; cp -a p r", Temp.Folder);

        Project("q/data", "other").Build(Trees(("model", 0)));
        Project("r/data", "other").Clean();

        Assert.Equal($"model {Stored[0]}\n", Shown(original.Folder));
        Assert.Equal($"model {Stored[0]}\n", Shown(Temp["q/other"]));
    }

    [Fact]
    public void Of_an_original_are_left_alone_where_a_link_leads_to_them()
    {
        Sh.Run("mkdir p outside; ln -s ../outside p/links", Temp.Folder);
        Project("p/data", "links").Build(Trees(("model", 0)));
        Sh.Run("cp -a p q", Temp.Folder);

        Project("q/data", "bin").Build(Trees(("model", 0)));

        Assert.Equal($"model {Stored[0]}\n", Shown(Temp["outside"]));
    }

    [Fact]
    public void Of_an_original_are_left_alone_by_a_clean_of_a_copy_that_names_the_same_folder()
    {
        Project("p/data", "../outside").Build(Trees(("model", 0)));
        Sh.Run("cp -a p q", Temp.Folder);

        Project("q/data", "../outside").Clean();

        Assert.Equal($"model {Stored[0]}\n", Shown(Temp["outside"]));
    }

    [Fact]
    public void Of_a_copy_know_those_of_its_neighbours()
    {
        Project("p/a").Build(Trees(("model", 0)));
        Project("p/b").Build(Trees(("report", 1)));
        Sh.Run("cp -a p q", Temp.Folder);

        Project("q/a").Build(Trees(("model", 2)));

        Assert.Equal($"model {Stored[2]}\nreport {Stored[1]}\n", Shown(Temp["q/bin"]));
        Assert.Equal($"model {Stored[0]}\nreport {Stored[1]}\n", Shown(Temp["p/bin"]));
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
            Directory.Move(Temp["p"], Temp[place]);

        Project($"{place}/data", after).Build(Trees(("model", 1)));

        Assert.Empty(Files.Names(Temp[$"{place}/{before}"]));
        Assert.Equal($"model {Stored[1]}\n", Shown(Temp[$"{place}/{after}"]));
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
        Assert.Equal($"model {Stored[0]}\n", Shown(outside.Folder));
    }

    [OverlayFact]
    public void Are_made_elsewhere_although_the_former_ones_cannot_be_removed()
    {
        var (former, now) = (Project("one"), Project("one", "other"));
        former.Build(Trees(("model", 1)));
        Sh.Run("mount --bind bin bin; mount -o remount,ro,bind bin", Temp.Folder);
        try
        {
            Assert.Equal($"the links in '{former.Folder}' stay, because they could not be removed",
                Assert.Single(now.Memory.Move(now.Folder, ["model"])));
            Assert.Empty(now.Memory.Move(now.Folder, ["model"]));
        }
        finally
        {
            Sh.Run("umount bin", Temp.Folder);
        }
    }

    Neighbour Project(string name, string folder = "bin")
    {
        var file = Temp.Write($"{name}.lnproj", "");
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
}

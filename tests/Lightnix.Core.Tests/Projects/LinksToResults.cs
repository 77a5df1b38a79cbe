using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Projects;

public sealed class LinksToResults : LinkBench
{
    [Fact]
    public void Show_the_choice()
    {
        Links.Show(Trees(("model", 0), ("split", 1)).Append(Several("all", 0, 2)).ToDictionary());

        Assert.Equal($"all/1 {Stored[0]}\nall/2 {Stored[2]}\nmodel {Stored[0]}\nsplit {Stored[1]}\n", Shown());
    }

    [Fact]
    public void Follow_the_choice()
    {
        Links.Show(Trees(("model", 0), ("split", 1), ("one", 0)).Append(Several("all", 0, 2)).Append(Several("many", 0, 1))
            .ToDictionary());

        Links.Show(Trees(("model", 3), ("many", 2)).Append(Several("all", 1)).Append(Several("one", 3)).ToDictionary());

        Assert.Equal($"all/1 {Stored[1]}\nmany {Stored[2]}\nmodel {Stored[3]}\none/1 {Stored[3]}\n", Shown());
    }

    [Fact]
    public void Are_not_written_when_nothing_changed()
    {
        var trees = Trees(("model", 0)).Append(Several("all", 0, 2)).ToDictionary();
        Links.Show(trees);
        var before = Sh.Run("stat -c '%n %i %Z' . * */*", Temp["bin"]);

        Links.Show(trees);

        Assert.Equal(before, Sh.Run("stat -c '%n %i %Z' . * */*", Temp["bin"]));
    }

    [Fact]
    public void Do_not_replace_a_file_where_their_folder_belongs()
    {
        Temp.Write("file", "mine");

        foreach (var folder in new[] { Temp["file"] + '/', Temp["file/deep/er"] })
        {
            var refused = Assert.Throws<StoreException>(() => new ResultLinks(folder).Show(Trees(("model", 0)).ToDictionary()));
            new ResultLinks(folder).Show(Trees().ToDictionary());
            new ResultLinks(folder).Clear();

            Assert.Equal("LNX3004", refused.Code);
            Assert.StartsWith($"'{Temp["file"]}' is a file", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal("mine", File.ReadAllText(Temp["file"]));
    }

    [Fact]
    public void Are_all_that_is_cleared()
    {
        Temp.Write("bin/mine/1", "file");
        Temp.Write("bin/notes.txt", "file");
        Directory.CreateDirectory(Temp["bin/empty"]);
        File.CreateSymbolicLink(Temp["bin/elsewhere"], "/etc");
        Links.Show(Trees(("model", 0)).Append(Several("all", 0, 2)).ToDictionary());

        Links.Clear();

        Assert.Equal(["elsewhere", "empty", "mine", "notes.txt"], Files.Names(Temp["bin"]).Order());
    }

    [Fact]
    public void Never_take_the_place_of_something_else()
    {
        Temp.Write("bin/model/weights", "precious");
        Temp.Write("bin/all", "precious");

        var trees = Trees(("model", 0), ("split", 1)).Append(Several("all", 0)).ToDictionary();
        var error = Assert.Throws<StoreException>(() => Links.Show(trees));

        Assert.Equal("LNX3004", error.Code);
        Assert.Contains(Temp["bin/model"], error.Message, StringComparison.Ordinal);
        Assert.Contains(Temp["bin/all"], error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Temp["bin/model/weights"]));
        Assert.Equal("precious", File.ReadAllText(Temp["bin/all"]));
        Assert.Equal($"split {Stored[1]}\n", Shown());
    }

    [Fact]
    public void Are_removed_also_when_the_store_has_gone_or_an_exchange_was_interrupted()
    {
        Links.Show(Trees(("model", 0)));
        Native.DeleteAll(Temp["store"]);
        Directory.CreateDirectory(Temp["bin/.lightnix-abc"]);
        File.CreateSymbolicLink(Temp["bin/.lightnix-def"], Stored[0]);

        Links.Show(Trees());

        Assert.Empty(Files.Names(Temp["bin"]));
    }

    [Fact]
    public async Task May_be_shown_by_many_at_once()
    {
        using var store = Store.Open(Temp["store"]);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var turn = 0; turn < 20; turn++)
            {
                var trees = (i + turn) % 2 == 0
                    ? Trees(("one", 0), ("two", 1))
                    : new[] { Several("one", 2, 3), Several("three", 0) }.ToDictionary();
                await new ResultLinks(Temp["bin"]).ShowAsync(trees, store.Locks, CancellationToken.None);
            }
        })));

        await Links.ShowAsync(Trees(("one", 0)), store.Locks, CancellationToken.None);
        Assert.Equal($"one {Stored[0]}\n", Shown());
    }

    [Fact]
    public void Need_no_folder_when_there_is_nothing_to_show()
    {
        Links.Show(Trees());
        Links.Clear();

        Assert.False(Directory.Exists(Temp["bin"]));
    }

    [Fact]
    public void Are_texts_where_none_can_be_made()
    {
        var links = new ResultLinks(Temp["bin"], null, new FolderLinks(new Refused(), new TextLinks()));

        Assert.Equal("no privilege", links.Show(Trees(("model", 0), ("split", 1)).Append(Several("all", 0, 2)).ToDictionary()));
        Assert.Contains($"\n{Stored[0]}\n", File.ReadAllText(Temp["bin/model"]), StringComparison.Ordinal);
        Assert.Contains($"\n{Stored[2]}\n", File.ReadAllText(Temp["bin/all/2"]), StringComparison.Ordinal);
        var before = Sh.Run("stat -c '%n %i %Z' . * */*", Temp["bin"]);

        links.Show(Trees(("model", 0), ("split", 1)).Append(Several("all", 0, 2)).ToDictionary());
        Assert.Equal(before, Sh.Run("stat -c '%n %i %Z' . * */*", Temp["bin"]));

        links.Show(Trees(("model", 3)).Append(Several("all", 1)).ToDictionary());
        Assert.Contains(Stored[3], File.ReadAllText(Temp["bin/model"]), StringComparison.Ordinal);
        Assert.Equal(["all", "all/1", "model"], Sh.Run("find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort", Temp["bin"]).Trim()
            .Split('\n'));

        // Where links can be made, they take the place of texts.
        Assert.Null(Links.Show(Trees(("model", 1)).Append(Several("all", 1, 2)).ToDictionary()));
        Assert.Equal($"all/1 {Stored[1]}\nall/2 {Stored[2]}\nmodel {Stored[1]}\n", Shown());

        links.Clear();
        Assert.Empty(Files.Names(Temp["bin"]));
    }

    [Fact]
    public void Are_not_texts_of_the_author()
    {
        Temp.Write("bin/model", $"the result is in the folder\n{Stored[0]}\n");

        Assert.Equal("LNX3004", Assert.Throws<StoreException>(() => Links.Show(Trees(("model", 0)))).Code);
        Links.Clear();

        Assert.True(File.Exists(Temp["bin/model"]));
    }

    [Fact]
    public void Are_made_in_the_first_way_that_works()
    {
        Assert.Null(new ResultLinks(Temp["bin"], null, new FolderLinks(new Refused(), new SymbolicLinks(), new TextLinks()))
            .Show(Trees(("model", 0))));

        Assert.Equal($"model {Stored[0]}\n", Shown());
        var links = new ResultLinks(Temp["bin"], null, new FolderLinks(new Refused()));
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
        Links.Show(trees);
        if (Sh.TryRun("sh", Temp["bin"], ["-c", "mount --bind all all"]).ExitCode != 0)
            return;
        try
        {
            Assert.Throws<IOException>(() => Links.Show(Trees(("model", 2), ("split", 3)).Append(Several("all", 1)).ToDictionary()));
        }
        finally
        {
            Sh.Run("umount all", Temp["bin"]);
        }

        Assert.Equal($"model {Stored[2]}\nsplit {Stored[3]}",
            Sh.Run("find . -maxdepth 1 -type l -printf '%P %l\n' | LC_ALL=C sort", Temp["bin"]).Trim());
    }

    [OverlayFact]
    public void Name_their_folder_where_it_may_not_be_written_to()
    {
        Temp.Make("bin", "mount -t tmpfs -o ro none .");
        try
        {
            var refused = Assert.Throws<StoreException>(() => Links.Show(Trees(("model", 1)).Append(Several("all", 1)).ToDictionary()));

            Assert.Equal(("LNX3003", true), (refused.Code,
                refused.Message.StartsWith($"the link folder '{Temp["bin"]}' may not be written to", StringComparison.Ordinal)));
        }
        finally
        {
            Sh.Run("umount bin", Temp.Folder);
        }
    }

    /// <summary>As Windows answers to most users.</summary>
    sealed class Refused : ILinkMaker
    {
        public string? TryMake(string path, string folder) => "no privilege";
    }
}

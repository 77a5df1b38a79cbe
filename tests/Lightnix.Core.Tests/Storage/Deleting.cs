namespace Lightnix.Storage;

/// <summary>What builders made is deleted, whatever it is; what their links lead to is not touched. Both ways do the same.</summary>
public sealed class Deleting : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string> Ways => ["of Linux", "of .NET"];

    static bool Delete(string way, string path) => way == "of Linux" ? Native.DeleteAll(path) : PortableDeleting.All(path);

    [Theory]
    [MemberData(nameof(Ways))]
    public void Takes_a_folder_with_all_that_is_in_it(string way)
    {
        _temp.Make("work", "mkdir -p a/b/c d; echo 1 > a/b/c/f; echo 1 > .hidden; ln -s nowhere dangling; chmod 0 a/b/c; "
            + "chmod 555 a d; chmod 400 .hidden; touch 'a line\nof two'");

        Assert.True(Delete(way, _temp["work"]));

        Assert.False(Path.Exists(_temp["work"]));
        Assert.True(Delete(way, _temp["work"]), "what is not there is gone");
        Assert.True(Delete(way, _temp["work/deeper/still"]));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Follows_no_link(string way)
    {
        _temp.Make("precious", "mkdir sub; echo 1 > sub/f; chmod 444 sub/f; chmod 555 sub .");
        var before = Sh.Run("find . -printf '%P %m %T@\\n' | sort", _temp["precious"]);
        _temp.Make("work", "ln -s ../precious folder; ln -s ../precious/sub/f file; mkdir -p deep/er; "
            + "ln -s ../../../precious deep/er/folder; ln -s . loop; chmod 555 deep/er");

        Assert.True(Delete(way, _temp["work"]));

        Assert.Equal(before, Sh.Run("find . -printf '%P %m %T@\\n' | sort", _temp["precious"]));
        File.CreateSymbolicLink(_temp["link"], _temp["precious"]);
        Assert.True(Delete(way, _temp["link"]));
        Assert.Equal(before, Sh.Run("find . -printf '%P %m %T@\\n' | sort", _temp["precious"]));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Leaves_the_mode_to_the_other_names_of_a_file(string way)
    {
        _temp.Make("work", "echo 1 > f; chmod 444 f; ln f ../other; chmod 555 .");

        Assert.True(Delete(way, _temp["work"]));

        Assert.Equal("444 1\n", Sh.Run("stat -c '%a %h' other", _temp.Folder));
    }

    [OverlayFact]
    public void Takes_folders_of_a_lower_layer()
    {
        _temp.Make("lower", "mkdir -p work/a/b/c work/d/e; echo 1 > work/a/b/c/f; ln -s ../../.. work/d/e/up; chmod 555 work/a/b work/d/e");
        using var overlay = new Overlay(_temp["lower"], _temp["merged"]);

        Assert.True(Native.DeleteAll(_temp["merged/work"]));

        Assert.False(Path.Exists(_temp["merged/work"]));
    }
}

using Lightnix.Model;

namespace Lightnix.Storage;

public sealed class AStore : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Is_made_where_there_is_none()
    {
        using var store = Store.Open(_temp["deep/er/store"]);

        Assert.Equal("lightnix-store/1\n", File.ReadAllText(_temp["deep/er/store/format"]));
        Assert.Equal("", Sh.Run("find work locks -type f", store.Folder));
        Assert.Equal(store.Folder, Store.Open(_temp["deep/er/store/"]).Folder);
    }

    [Fact]
    public void That_is_only_read_is_not_written_to()
    {
        Store.Open(_temp["store"]).Dispose();
        var before = Sh.Run("find . -printf '%p %T@\\n' | sort", _temp["store"]);

        using (var store = Store.Open(_temp["store"]))
        {
            _ = store.Records.History(Samples.Resolved().Reference());
            _ = store.Roots.Read("/p");
        }

        Assert.Equal(before, Sh.Run("find . -printf '%p %T@\\n' | sort", _temp["store"]));
    }

    [Theory]
    [InlineData("lightnix-store/2\n")]
    [InlineData("")]
    public void Of_another_format_is_refused(string format)
    {
        Store.Open(_temp["store"]).Dispose();
        File.WriteAllText(_temp["store/format"], format);

        var error = Assert.Throws<StoreException>(() => Store.Open(_temp["store"]));

        Assert.Equal("LNX3001", error.Code);
        Assert.Contains("lightnix-store/1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_not_made_of_a_folder_with_other_things()
    {
        _temp.Write("home/letter.txt", "dear");

        Assert.Contains("letter.txt", Assert.Throws<StoreException>(() => Store.Open(_temp["home"])).Message, StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Files.Names(_temp["home"]));
        Assert.Equal("LNX3003", Assert.Throws<StoreException>(() => Store.Open(_temp["home/letter.txt"])).Code);
    }

    [Fact]
    public void Whose_making_was_interrupted_is_made_to_its_end()
    {
        Directory.CreateDirectory(_temp["store/trees"]);
        Directory.CreateDirectory(_temp["store/work/0123456789ab"]);

        using var store = Store.Open(_temp["store"]);

        Assert.True(File.Exists(_temp["store/format"]));
        Assert.Empty(Files.Names(_temp["store/work"]));
    }

    [Fact]
    public void May_be_made_by_many_at_once()
    {
        Parallel.For(0, 20, _ => Store.Open(_temp["store"]).Dispose());

        Assert.Empty(Files.Names(_temp["store/work"]));
    }

    [Fact]
    public void Has_folders_for_what_can_be_made_again()
    {
        using var store = Store.Open(_temp["store"]);

        Assert.Equal(_temp["store/cache/abc"], store.CacheFolder("abc"));
        Assert.True(Directory.Exists(_temp["store/cache/abc"]));
        Assert.Throws<ArgumentException>(() => store.CacheFolder("../x"));
    }

    [Fact]
    public void Holds_no_lock_of_a_session_that_could_not_begin()
    {
        Store.Open(_temp["store"]).Dispose();
        using var store = Store.Open(_temp["store"], new Disk(_ => throw new IOException("no")));

        Assert.Throws<StoreException>(() => store.NewWorkspace());

        Assert.Empty(Files.Names(_temp["store/locks/sessions"]));
    }
}

using Lightnix.Building;

namespace Lightnix.Storage;

/// <summary>A store that an ordinary user packs and restores as docs/ci.md says.</summary>
[Trait("Speed", "Slow")]
public sealed class ARestoredStore : IDisposable
{
    readonly Farm _farm = new();
    readonly TempFolder _temp = new();

    public ARestoredStore() => Assert.True(_farm.Build().Succeeded);

    public void Dispose()
    {
        _farm.Dispose();
        _temp.Dispose();
    }

    // As an ordinary user, where this is root: root may write into read-only folders.
    string AsUser(string script)
    {
        File.WriteAllText(_temp["script.sh"], script);
        return Sh.Run(Environment.IsPrivilegedProcess
            ? "setpriv --reuid=nobody --regid=nogroup --clear-groups sh -eu script.sh"
            : "sh -eu script.sh", _temp.Folder);
    }

    void Copy()
    {
        Sh.Run($"cp -a '{_farm.StoreFolder}' store", _temp.Folder);
        if (Environment.IsPrivilegedProcess)
            Sh.Run("chown -R nobody:nogroup store", _temp.Folder);
    }

    [LinuxFact]
    public void Is_whole_over_one_that_is_there()
    {
        Copy();

        AsUser("""
            tar -cf store.tar -C store .
            mkdir restored
            tar -xpf store.tar -C restored
            t=$(ls -d restored/trees/* | head -n 1)
            find $t -type d -exec chmod u+w {} +
            rm -rf $t
            umask 077
            tar -xpf store.tar -C restored --skip-old-files
            """);

        using var restored = Store.Open(_temp["restored"]);
        Assert.Empty(restored.Maintenance.Verify());
    }

    [LinuxTheory]
    [InlineData("umask 077; tar -xf store.tar -C restored --no-same-permissions")]
    [InlineData("umask 027; cp -r store/. restored")]
    public void Has_the_same_bytes_whatever_it_lost(string restoring)
    {
        Copy();
        AsUser($"tar -cf store.tar -C store .; mkdir restored; {restoring}");
        Sh.Run($"rm -rf '{_farm.StoreFolder}'; cp -a restored '{_farm.StoreFolder}'", _temp.Folder);

        Assert.Equal((true, 0), _farm.Build() is var (succeeded, ran) ? (succeeded, ran.Length) : default);

        Assert.DoesNotContain(_farm.Said, s => s.Contains("LNX", StringComparison.Ordinal));
        using var store = _farm.Open();
        Assert.All(store.Maintenance.Repair(), d => Assert.NotNull(d.Mended));
        Assert.Empty(store.Maintenance.Verify());
    }

    [Fact]
    public void Loses_one_tree_without_harm_to_others()
    {
        const string shared = """
            <Stage Include="b" Command="echo same > @{out}/shared; echo b > @{out}/own" />
            <Stage Include="c" Command="echo same > @{out}/shared; echo c > @{out}/own" />
            """;
        Assert.True(_farm.Build(Farm.Best + shared).Succeeded);
        _farm.Sh("""
            t=$(dirname $(grep -lx b trees/*/own))
            find $t -type d -exec chmod u+w {} + && rm -rf $t
            """);

        using (var store = _farm.Open())
            Assert.Equal("is missing", Assert.Single(store.Maintenance.Verify()).Problem[..10]);
        Assert.True(_farm.Build(Farm.Best + shared).Succeeded);
        Assert.DoesNotContain(_farm.Said, s => s.Contains("LNX", StringComparison.Ordinal));
    }
}

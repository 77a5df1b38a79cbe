
namespace Lightnix.Storage;

public sealed class WhatADeadSessionLeft : IDisposable
{
    readonly TempFolder _temp = new();

    public WhatADeadSessionLeft()
    {
        Store.Open(_temp["store"]).Dispose();
        Sh.Run("""
            mkdir -p work/0123456789ab work/0123456789ab-3/w/out trees/.0123456789ab-2/sub; : > work/0123456789ab/1;
              : > locks/sessions/0123456789ab
            : > "$(printf 'work/0123456789ab-3/w/out/\351')"; : > trees/.0123456789ab-2/sub/x;
              chmod -R 555 trees/.0123456789ab-2 work/0123456789ab-3/w
            """, _temp["store"]);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Is_swept_by_the_next()
    {
        using var store = Store.Open(_temp["store"]);
        store.NewWorkspace().Dispose();

        Assert.DoesNotContain(Files.Names(_temp["store/work"]), n => n.StartsWith("0123456789ab", StringComparison.Ordinal));
        Assert.Empty(Files.Names(_temp["store/trees"]));
        Assert.Single(Files.Names(_temp["store/locks/sessions"]));
    }

    [Building.LinuxFact]
    public void IsSweptAfterItsBuildersHaveEnded()
    {
        var folder = _temp["store/work/0123456789ab-3/w"];
        // One of a session of its own whose parent has gone, one that does not listen; and two builders of no session: one looks into the
        // folder, the other is of a session that lives.
        using var builder = Sh.Start("sh", "/", ["-c", "setsid sh -c 'sleep 300 & exit' & trap '' TERM; while :; do sleep 0.1; done"],
            new Dictionary<string, string> { ["TMPDIR"] = folder + "/.tmp", ["NAMED"] = _temp["named"] });
        using var looking = Sh.Start("sleep", folder, ["301"], new Dictionary<string,
            string>
        { ["PWD"] = folder, ["NAMED"] = _temp["named"] });
        using var other = Sh.Start("sleep", "/", ["302"], new Dictionary<string,
            string>
        { ["TMPDIR"] = _temp["store/work/cccccccccccc-3/w/.tmp"], ["NAMED"] = _temp["named"] });
        try
        {
            using var store = Store.Open(_temp["store"], Building.OrphanedBuilders.End);
            store.NewWorkspace().Dispose();

            Assert.True(builder.WaitForExit(TimeSpan.FromMinutes(2)));
            Assert.False(Directory.Exists(folder));
            Assert.Equal("sleep 301\nsleep 302\n",
                Sh.Run($"for p in $(grep -lF 'NAMED={_temp["named"]}' /proc/[0-9]*/environ 2>/dev/null); "
                    + $"do tr '\\0' ' ' < ${{p%environ}}cmdline | sed 's/ $//'; echo; done | grep '^sleep 30[0-9]' | sort", "/"));
        }
        finally
        {
            looking.Kill();
            other.Kill();
        }
    }

    [Fact]
    public void Stays_while_it_is_alive()
    {
        using (KernelLock.TryAcquire(_temp["store/locks/sessions/0123456789ab"]))
        using (var store = Store.Open(_temp["store"]))
            store.NewWorkspace().Dispose();

        Assert.Equal([".0123456789ab-2"], Files.Names(_temp["store/trees"]));
        Assert.Equal(2, Files.Names(_temp["store/work"]).Count());
    }

    [Fact]
    public void Stays_when_people_want_to_look_at_it()
    {
        using (var first = Store.Open(_temp["store"]))
        {
            using var kept = first.NewWorkspace();
            kept.Keep();
        }

        using (var second = Store.Open(_temp["store"]))
            second.NewWorkspace().Dispose();

        Assert.Equal("", File.ReadAllText(Path.Combine(_temp["store/work"], Assert.Single(Files.Names(_temp["store/work"])), "kept")));
    }
}

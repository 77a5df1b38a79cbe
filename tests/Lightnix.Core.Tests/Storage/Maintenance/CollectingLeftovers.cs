using Lightnix.Hashing;

namespace Lightnix.Storage;

/// <summary>What is neither a result nor its record: caches, working folders, what repairs took out.</summary>
[Trait("Speed", "Slow")]
public sealed class CollectingLeftovers : IDisposable
{
    // As a build leaves them: a script that it compiled, a sandbox's files, a working folder of a failed run, and what a repair took out.
    const string Script = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    readonly Farm _farm = Farm.Built();

    public void Dispose() => _farm.Dispose();

    [Fact]
    public void Takes_scripts_and_working_folders_that_are_old()
    {
        Leave("10 days ago");
        Assert.Empty(Leftovers(new()));
        using (var build = _farm.Open())
        {
            // One that runs it now, for longer than it is remembered.
            build.Keep(Digest.Parse(Script));
            Assert.Equal(["Workspace work/0123456789ab-1"], Leftovers(new() { OlderThan = TimeSpan.FromDays(10) }));
        }
        Assert.Equal([$"Cache cache/builders/scripts/{Script}"], Leftovers(new() { OlderThan = TimeSpan.FromDays(10) }));
        Assert.Equal("cache/builders/sandbox/shim", _farm.Sh("find cache/builders -type f"));
    }

    [Fact]
    public void Takes_what_repairs_took_out_on_demand_only()
    {
        Leave("1000 days ago");
        Assert.DoesNotContain(Leftovers(new()), l => l.StartsWith("Lost", StringComparison.Ordinal));

        Assert.Equal(["Lost lost/derivations_x"], Leftovers(new() { Lost = true }));
        // What is not to be missed goes on not to be missed.
        Assert.Equal("lost/logs_y", _farm.Sh("find lost -type f"));
        _farm.AssertSound();
    }

    [Fact]
    public void Leaves_no_cache_after_the_last_root()
    {
        Leave("now");
        File.Delete(_farm.Project);
        using (var build = _farm.Open())
        {
            // One that has just begun may be using what it finds.
            build.Keep(Digest.Parse(Script));
            Assert.DoesNotContain(Leftovers(new()), l => l.StartsWith("Cache", StringComparison.Ordinal));
        }
        _farm.Collect(new() { Lost = true });

        Assert.Equal("format", _farm.Sh("find . -type f -printf '%P\n'"));
        Assert.Equal(6, _farm.Build() is (true, var ran) ? ran.Length : 0);
    }

    [Fact]
    public void Takes_verdicts_of_trees_that_are_gone()
    {
        // Remembered are those of files that take long to read.
        const string large = """<Stage Include="large" Command="mkdir @{out}/d; yes 1,2 | head -c 2000000 > @{out}/table.csv" />"""
            + """<Promise Include="table.csv" Stage="large" Type="Csv" />""" + Farm.Best;
        Assert.True(_farm.Build(large).Succeeded, string.Join('\n', _farm.Said));
        Assert.Equal("1", _farm.Sh("find cache/verdicts -type f | wc -l"));
        Assert.True(_farm.Build().Succeeded);

        Assert.Contains(_farm.Collect().Items, i => i.Kind == GarbageKind.Verdict);

        Assert.Equal("0", _farm.Sh("find cache/verdicts -type f | wc -l"));
    }

    void Leave(string age) => _farm.Sh($"""
        mkdir -p cache/builders/scripts/{Script}/app cache/builders/sandbox work/0123456789ab-1/w lost
        echo app.dll > cache/builders/scripts/{Script}/done; head -c 5000 /dev/zero > cache/builders/scripts/{Script}/app/app.dll;
          echo shim > cache/builders/sandbox/shim
        : > work/0123456789ab-1/kept; echo half > work/0123456789ab-1/w/half; echo bad > lost/derivations_x; : > lost/logs_y
        touch -d '{age}' cache/builders/scripts/{Script}/done cache/builders/scripts/{Script}/app cache/builders/scripts/{Script}
        touch -d '{age}' work/0123456789ab-1/kept lost/*
        """);

    string[] Leftovers(GarbagePolicy policy) =>
        [.. _farm.Collect(policy).Items.Where(i => i.Kind >= GarbageKind.Cache).Select(i => $"{i.Kind} {i.Place}")];
}

using Lightnix.Model;
using Lightnix.Realizing;

namespace Lightnix.Storage;

[Trait("Speed", "Slow")]
public sealed class CollectingGarbage : IDisposable
{
    static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddMinutes(1);

    readonly Farm _farm = new();

    public CollectingGarbage() => Assert.Equal((true, 6), _farm.Build() is var (succeeded, ran) ? (succeeded, ran.Length) : default);

    public void Dispose() => _farm.Dispose();

    GarbagePlan Collect(GarbagePolicy? policy = null)
    {
        using var store = _farm.Open();
        return store.Maintenance.Collect(policy ?? new(), Later);
    }

    void IsSound()
    {
        using var store = _farm.Open();
        Assert.Equal([], store.Maintenance.Verify().Select(d => $"{d.Place} {d.Problem}"));
    }

    [Fact]
    public void Plans_before_it_does_anything()
    {
        var before = _farm.Sh("find . -path ./locks -prune -o -printf '%p %T@\\n' | sort");
        GarbagePlan plan;
        using (var store = _farm.Open())
            plan = store.Maintenance.Plan(new(), Later);

        Assert.Equal(4, plan.Items.Count(i => i.Kind == GarbageKind.Tree));
        Assert.True(plan.Freed is >= 8000 and < 8100, $"{plan.Freed}");
        Assert.Equal(before, _farm.Sh("find . -path ./locks -prune -o -printf '%p %T@\\n' | sort"));
    }

    [Fact]
    public void Of_the_losers_of_a_best_of_five_trains_nothing()
    {
        var chosen = _farm.Model();
        Assert.Equal("0.5", Assert.Single(chosen.Results).Metric);

        var done = Collect();

        Assert.Equal(4, done.Items.Count(i => i.Kind == GarbageKind.Tree));
        Assert.DoesNotContain(done.Items,
            i => i.Kind is GarbageKind.Records or GarbageKind.Log or GarbageKind.Listing or GarbageKind.Derivation);
        Assert.Equal(2, _farm.Trees);
        IsSound();
        Assert.Equal((true, 0), _farm.Build() is var (succeeded, ran) ? (succeeded, ran.Length) : default);
        Assert.True(_farm.Model().Choice.IsSame(chosen.Choice));
        Assert.Empty(Collect().Items);
    }

    [Fact]
    public void Leaves_the_losers_ranked()
    {
        Collect();

        const string lowest = """<Matcher Include="model" Select="Best" Order="Min" Metric="accuracy.txt" AtLeast="5" />""";
        var (succeeded, ran) = _farm.Build(lowest);

        // The first by the kept metric: it is made again, once, and comes out as another one, which takes its place.
        Assert.True(succeeded, string.Join('\n', _farm.Said));
        Assert.Equal(["model#1"], ran);
        Assert.Equal("0.1", Assert.Single(_farm.Model().Results).Metric);
        Assert.Contains(_farm.Said, s => s.Contains("is passed over: it was collected from the store, "
            + "and attempt 2 of replicate 1 gave another result", StringComparison.Ordinal));
        Assert.Equal((true, 0), _farm.Build(lowest) is var (again, more) ? (again, more.Length) : default);
        IsSound();
    }

    [Fact]
    public void Keeps_what_the_policy_wants()
    {
        using (var store = _farm.Open())
        {
            Assert.Equal(3, store.Maintenance.Plan(new() { KeepBest = 2 }, Later).Items.Count(i => i.Kind == GarbageKind.Tree));
            Assert.Equal(0, store.Maintenance.Plan(new() { KeepLast = 5 }, Later).Items.Count(i => i.Kind == GarbageKind.Tree));
            Assert.Empty(store.Maintenance.Plan(new() { OlderThan = TimeSpan.FromHours(1) }, Later).Items);
            Assert.Equal(4, store.Maintenance.Plan(new() { OlderThan = TimeSpan.FromHours(1) },
                Later.AddHours(2)).Items.Count(i => i.Kind == GarbageKind.Tree));
            Assert.Equal(2, store.Maintenance.Plan(new() { MaxSize = 6100 }, Later).Items.Count(i => i.Kind == GarbageKind.Tree));
            Assert.Empty(store.Maintenance.Plan(new() { MaxSize = 1 << 20 }, Later).Items);
        }
        Collect(new() { KeepBest = 2 });

        Assert.Equal(3, _farm.Trees);
        Assert.Equal("0.4\n0.5", _farm.Sh("cat trees/*/accuracy.txt | sort"));
    }

    [Fact]
    public void Sweeps_records_that_no_root_counts()
    {
        _farm.Build(recipe: "another");

        Collect();

        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_farm.StoreFolder, "resolved")).Length);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_farm.StoreFolder, "derivations")).Length);
        IsSound();
        Assert.Empty(_farm.Build(recipe: "another").Ran);
    }

    [Fact]
    public void Leaves_nothing_after_the_last_root()
    {
        File.Delete(_farm.Project);

        Collect();

        Assert.Equal("", _farm.Sh("find derivations resolved listings trees files logs roots pins lost work -mindepth 1 -type f; "
            + "find trees resolved work -mindepth 1"));
    }

    // As a build leaves them: a script that it compiled, a sandbox's files, a working folder of a failed run, and what a repair took out.
    const string Script = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    void Leave(string age) => _farm.Sh($"""
        mkdir -p cache/builders/scripts/{Script}/app cache/builders/sandbox work/0123456789ab-1/w lost
        echo app.dll > cache/builders/scripts/{Script}/done; head -c 5000 /dev/zero > cache/builders/scripts/{Script}/app/app.dll;
          echo shim > cache/builders/sandbox/shim
        : > work/0123456789ab-1/kept; echo half > work/0123456789ab-1/w/half; echo bad > lost/derivations_x; : > lost/logs_y
        touch -d '{age}' cache/builders/scripts/{Script}/done cache/builders/scripts/{Script}/app cache/builders/scripts/{Script}
                touch -d '{age}' work/0123456789ab-1/kept lost/*
        """);

    string[] Leftovers(GarbagePolicy policy) =>
        [.. Collect(policy).Items.Where(i => i.Kind >= GarbageKind.Cache).Select(i => $"{i.Kind} {i.Place}")];

    [Fact]
    public void Takes_scripts_and_working_folders_that_are_old()
    {
        Leave("20 days ago");
        Assert.Empty(Leftovers(new()));
        using (var build = _farm.Open())
        {
            // One that runs it now, for longer than it is remembered.
            build.Keep(Lightnix.Hashing.Digest.Parse(Script));
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
        IsSound();
    }

    [Fact]
    public void Leaves_no_cache_after_the_last_root()
    {
        Leave("now");
        File.Delete(_farm.Project);
        using (var build = _farm.Open())
        {
            // One that has just begun may be using what it finds.
            build.Keep(Lightnix.Hashing.Digest.Parse(Script));
            Assert.DoesNotContain(Leftovers(new()), l => l.StartsWith("Cache", StringComparison.Ordinal));
        }
        Collect(new() { Lost = true });

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

        Assert.Contains(Collect().Items, i => i.Kind == GarbageKind.Verdict);

        Assert.Equal("0", _farm.Sh("find cache/verdicts -type f | wc -l"));
    }

    [Fact]
    public void Goes_by_the_last_use_and_not_by_the_run_alone()
    {
        var policy = new GarbagePolicy { OlderThan = TimeSpan.FromDays(5) };
        // Somebody chose the first again, three days from now.
        var first = _farm.Sh("grep -l '0\\.1' trees/*/accuracy.txt | cut -d/ -f2");
        _farm.Sh($"touch -d '3 days' listings/{first}");
        using var store = _farm.Open();

        Assert.Equal(4, store.Maintenance.Plan(policy, Later.AddDays(9)).Items.Count(i => i.Kind == GarbageKind.Tree));
        Assert.DoesNotContain(store.Maintenance.Plan(policy, Later.AddDays(7)).Items,
            i => i.Place.EndsWith(first, StringComparison.Ordinal));
        Assert.Equal(3, store.Maintenance.Plan(policy, Later.AddDays(7)).Items.Count(i => i.Kind == GarbageKind.Tree));
        // Down to a size: what was used longest ago goes first.
        Assert.DoesNotContain(store.Maintenance.Plan(new() { MaxSize = 6100 }, Later).Items,
            i => i.Place.EndsWith(first, StringComparison.Ordinal));
    }

    [Fact]
    public void Ends_a_root_that_is_forgotten()
    {
        using (var store = _farm.Open())
        {
            GarbagePolicy unknown = new() { Forget = ["/nowhere.lnproj"] };
            Assert.Equal("LNX3006", Assert.Throws<StoreException>(() => store.Maintenance.Plan(unknown, Later)).Code);
        }

        Collect(new() { Forget = [_farm.Project] });

        Assert.Equal(0, _farm.Trees);
        Assert.Equal(6, _farm.Build().Ran.Length);
    }

    [Fact]
    public void Is_blocked_by_a_root_that_cannot_be_read()
    {
        _farm.Sh("chmod u+w roots/*; sed -i s/0.5/0.6/ roots/*");

        var plan = Collect();

        Assert.Empty(plan.Items);
        Assert.Contains("--forget", Assert.Single(plan.Blocked), StringComparison.Ordinal);
        Assert.Equal(6, _farm.Trees);
        Collect(new() { Forget = [_farm.Sh("ls roots | cut -c1-8")] });
        Assert.Equal(0, _farm.Trees);
    }

    [Fact]
    public void Leaves_what_is_pinned()
    {
        var chosen = _farm.Model();
        using (var store = _farm.Open())
            store.Pins.Add(new(chosen.Results[0].Realization, chosen.Resolved, chosen.Results[0].Tree, "published", "me", Later));
        File.Delete(_farm.Project);

        Collect();

        Assert.Equal(1, _farm.Trees);
        // With its lineage: the records of what it was made from.
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_farm.StoreFolder, "resolved")).Length);
        IsSound();
        using (var store = _farm.Open())
            Assert.True(store.Pins.Remove(chosen.Results[0].Realization));
        Collect();
        Assert.Equal(0, _farm.Trees);
    }

    [Fact]
    public void Leaves_what_a_lock_file_names()
    {
        using (var store = _farm.Open())
        {
            var loser = store.Records.History(_farm.Model().Resolved).Runs.First(r => r.Facts.Replicate == 1);
            var lockFile = Path.Combine(Path.GetDirectoryName(_farm.Project)!, "lightnix.lock.json");
            File.WriteAllText(lockFile, $$"""{"model":["{{loser.Realization}}"]}""");
        }
        Collect();

        Assert.Equal("0.1\n0.5", _farm.Sh("cat trees/*/accuracy.txt | sort"));
    }

    [Theory]
    [InlineData("project/lightnix.lock.json")]
    [InlineData("project/lightnix.farm.lock.json")]
    [InlineData("elsewhere/pins.json")]
    public void Leaves_what_the_lock_file_of_a_project_pins(string file)
    {
        var path = Path.Combine(_farm.Folder, file);
        var use = new LockOptions { File = path, Use = true };
        Assert.Empty(_farm.Build(theLock: use).Ran);
        var pinned = _farm.Model();
        // The root's own choice is another one now.
        const string lowest = """<Matcher Include="model" Select="Best" Order="Min" Metric="accuracy.txt" AtLeast="5" />""";
        Assert.True(_farm.Build(lowest, theLock: use with { Use = false }).Succeeded);
        Assert.False(pinned.Choice.IsSame(_farm.Model().Choice));

        Collect();

        Assert.Equal("0.1\n0.5", _farm.Sh("cat trees/*/accuracy.txt | sort"));
        Assert.Equal((true, 0), _farm.Build(theLock: use with { Locked = true }) is var (succeeded, ran)
            ? (succeeded, ran.Length)
            : default);
        Assert.True(pinned.Choice.IsSame(_farm.Model().Choice));
        IsSound();
        // What nobody pins any more goes.
        File.Delete(path);
        Assert.Empty(_farm.Build("""<Matcher Include="model" Select="Best" Order="Min" Metric="accuracy.txt" AtLeast="5" />""").Ran);
        Collect();
        Assert.Equal("0.1", _farm.Sh("cat trees/*/accuracy.txt"));
    }

    [Fact]
    public void Leaves_both_sides_of_a_conflict_and_is_blocked_by_a_lock_file_that_cannot_be_read()
    {
        using (var store = _farm.Open())
        {
            var runs = store.Records.History(_farm.Model().Resolved).Runs.OrderBy(r => r.Facts.Replicate).ToArray();
            File.WriteAllText(_farm.LockFile,
                $"<<<<<<< HEAD\n\"{runs[0].Realization}\"\n=======\n\"{runs[1].Realization}\"\n>>>>>>> theirs\n");
        }
        Collect();
        Assert.Equal("0.1\n0.2\n0.5", _farm.Sh("cat trees/*/accuracy.txt | sort"));

        // A link to itself: not to be opened by anybody, root included.
        File.Delete(_farm.LockFile);
        File.CreateSymbolicLink(_farm.LockFile, _farm.LockFile);
        var plan = Collect();

        Assert.Empty(plan.Items);
        Assert.Contains($"the lock file '{_farm.LockFile}' cannot be read", Assert.Single(plan.Blocked), StringComparison.Ordinal);
        Assert.Equal(4, _farm.Trees);
    }

    [Fact]
    public void Leaves_what_a_running_build_relies_on()
    {
        var chosen = _farm.Model();
        File.Delete(_farm.Project);
        using (var build = _farm.Open())
        {
            // It has chosen, and not yet written its root.
            Assert.True(build.Trees.Keep(chosen.Results[0].Tree));
            build.Records.Keep(build.Records.Find(chosen.Resolved)!, chosen.Resolved);

            Collect();

            Assert.True(build.Trees.Contains(chosen.Results[0].Tree));
            Assert.Equal(5, build.Records.History(chosen.Resolved).Runs.Length);
            // Its matcher may choose any of the five yet.
            Assert.Equal(5, _farm.Trees);
        }
        Collect();
        Assert.Equal(0, _farm.Trees);
    }

    [Fact]
    public void Spares_a_tree_that_is_stored_again_meanwhile()
    {
        File.Delete(_farm.Project);
        using var build = _farm.Open();
        using (var workspace = build.NewWorkspace())
        {
            File.WriteAllText(Path.Combine(workspace.Out, "data.csv"), "one,two\n");
            var tree = build.Trees.Take(workspace.Out);

            Collect();

            Assert.True(build.Trees.Contains(tree.Reference));
        }
    }

    [Fact]
    public void Is_done_by_one_at_a_time()
    {
        using var store = _farm.Open();
        using (KernelLock.TryAcquire(new StoreLayout(_farm.StoreFolder).CareLock))
            Assert.Equal("LNX3005", Assert.Throws<StoreException>(() => store.Maintenance.Collect(new(), Later)).Code);
    }

    [Fact]
    public void Leaves_what_lacks_only_a_corrected_promise()
    {
        const string typo = Farm.Best + """<Promise Include="wieghts" Stage="model" />""";
        Assert.False(_farm.Build(typo, "another").Succeeded);

        Collect();

        Assert.Equal((true, 0), _farm.Build(recipe: "another") is var (succeeded, ran) ? (succeeded, ran.Length) : default);
    }

    [Fact]
    public void After_a_rejection_takes_the_rejected()
    {
        var chosen = _farm.Model();
        using (var store = _farm.Open())
            store.Records.Add(new Rejection(chosen.Results[0].Realization, "wrong data", "me", Later));

        Assert.Equal(["model#6"], _farm.Build().Ran);
        Collect();

        using var after = _farm.Open();
        Assert.False(after.Trees.Contains(chosen.Results[0].Tree));
        Assert.Equal("wrong data", Assert.Single(after.Records.History(chosen.Resolved).Rejections).Reason);
        Assert.Empty(_farm.Build().Ran);
    }
}

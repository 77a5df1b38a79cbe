using Lightnix.Model;
using Lightnix.Realizing;

namespace Lightnix.Storage;

[Trait("Speed", "Slow")]
public sealed class CollectingGarbage : IDisposable
{
    readonly Farm _farm = Farm.Built();

    public void Dispose() => _farm.Dispose();

    [Fact]
    public void Plans_before_it_does_anything()
    {
        var before = _farm.Sh("find . -path ./locks -prune -o -printf '%p %T@\\n' | sort");
        GarbagePlan plan;
        using (var store = _farm.Open())
            plan = store.Maintenance.Plan(new(), Farm.Later);

        Assert.Equal(4, plan.Items.Count(i => i.Kind == GarbageKind.Tree));
        Assert.True(plan.Freed is >= 8000 and < 8100, $"{plan.Freed}");
        Assert.Equal(before, _farm.Sh("find . -path ./locks -prune -o -printf '%p %T@\\n' | sort"));
    }

    [Fact]
    public void Of_the_losers_of_a_best_of_five_trains_nothing()
    {
        var chosen = _farm.Model();
        Assert.Equal("0.5", Assert.Single(chosen.Results).Metric);

        var done = _farm.Collect();

        Assert.Equal(4, done.Items.Count(i => i.Kind == GarbageKind.Tree));
        Assert.DoesNotContain(done.Items,
            i => i.Kind is GarbageKind.Records or GarbageKind.Log or GarbageKind.Listing or GarbageKind.Derivation);
        Assert.Equal(2, _farm.Trees);
        _farm.AssertSound();
        Assert.Equal((true, 0), _farm.Build() is var (succeeded, ran) ? (succeeded, ran.Length) : default);
        Assert.True(_farm.Model().Choice.IsSame(chosen.Choice));
        var again = _farm.Collect();
        Assert.Empty(again.Items);
        Assert.Equal(done.Stays, again.Stays);
    }

    [Fact]
    public void Leaves_the_losers_ranked()
    {
        _farm.Collect();

        const string lowest = """<Matcher Include="model" Select="Best" Order="Min" Metric="accuracy.txt" AtLeast="5" />""";
        var (succeeded, ran) = _farm.Build(lowest);

        // The first by the kept metric: it is made again, once, and comes out as another one, which takes its place.
        Assert.True(succeeded, string.Join('\n', _farm.Said));
        Assert.Equal(["model#1"], ran);
        Assert.Equal("0.1", Assert.Single(_farm.Model().Results).Metric);
        Assert.Contains(_farm.Said, s => s.Contains("is passed over: it was collected from the store, "
            + "and attempt 2 of replicate 1 gave another result", StringComparison.Ordinal));
        Assert.Equal((true, 0), _farm.Build(lowest) is var (again, more) ? (again, more.Length) : default);
        _farm.AssertSound();
    }

    [Fact]
    public void Sweeps_records_that_no_root_counts()
    {
        _farm.Build(recipe: "another");

        _farm.Collect();

        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_farm.StoreFolder, "resolved")).Length);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_farm.StoreFolder, "derivations")).Length);
        _farm.AssertSound();
        Assert.Empty(_farm.Build(recipe: "another").Ran);
    }

    [Fact]
    public void Leaves_nothing_after_the_last_root()
    {
        File.Delete(_farm.Project);

        _farm.Collect();

        Assert.Equal("", _farm.Sh("find derivations resolved listings trees files logs roots pins lost work -mindepth 1 -type f; "
            + "find trees resolved work -mindepth 1"));
    }

    [Fact]
    public void Is_blocked_by_a_root_that_cannot_be_read()
    {
        _farm.Sh("chmod u+w roots/*; sed -i s/0.5/0.6/ roots/*");

        var plan = _farm.Collect();

        Assert.Empty(plan.Items);
        Assert.Contains("--forget", Assert.Single(plan.Blocked), StringComparison.Ordinal);
        Assert.Equal(6, _farm.Trees);
        _farm.Collect(new() { Forget = [_farm.Sh("ls roots | cut -c1-8")] });
        Assert.Equal(0, _farm.Trees);
    }

    [Fact]
    public void Leaves_what_is_pinned()
    {
        var chosen = _farm.Model();
        using (var store = _farm.Open())
            store.Pins.Add(new(chosen.Results[0].Realization, chosen.Resolved, chosen.Results[0].Tree, "published", "me", Farm.Later));
        File.Delete(_farm.Project);

        _farm.Collect();

        Assert.Equal(1, _farm.Trees);
        // With its lineage: the records of what it was made from.
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_farm.StoreFolder, "resolved")).Length);
        _farm.AssertSound();
        using (var store = _farm.Open())
            Assert.True(store.Pins.Remove(chosen.Results[0].Realization));
        _farm.Collect();
        Assert.Equal(0, _farm.Trees);
    }

    [Fact]
    public void Leaves_what_a_lock_file_names()
    {
        using (var store = _farm.Open())
        {
            var loser = store.Records.History(_farm.Model().Resolved).Runs.First(r => r.Facts.Replicate == 1);
            File.WriteAllText(_farm.LockFile, $$"""{"model":["{{loser.Realization}}"]}""");
        }
        _farm.Collect();

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

        _farm.Collect();

        Assert.Equal("0.1\n0.5", _farm.Sh("cat trees/*/accuracy.txt | sort"));
        Assert.Equal((true, 0), _farm.Build(theLock: use with { Locked = true }) is var (succeeded, ran)
            ? (succeeded, ran.Length)
            : default);
        Assert.True(pinned.Choice.IsSame(_farm.Model().Choice));
        _farm.AssertSound();
        // What is not pinned any more goes.
        File.Delete(path);
        Assert.Empty(_farm.Build("""<Matcher Include="model" Select="Best" Order="Min" Metric="accuracy.txt" AtLeast="5" />""").Ran);
        _farm.Collect();
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
        _farm.Collect();
        Assert.Equal("0.1\n0.2\n0.5", _farm.Sh("cat trees/*/accuracy.txt | sort"));

        // A link to itself: not to be opened by anybody, root included.
        File.Delete(_farm.LockFile);
        File.CreateSymbolicLink(_farm.LockFile, _farm.LockFile);
        var plan = _farm.Collect();

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

            _farm.Collect();

            Assert.True(build.Trees.Contains(chosen.Results[0].Tree));
            Assert.Equal(5, build.Records.History(chosen.Resolved).Runs.Length);
            // Its matcher may choose any of the five yet.
            Assert.Equal(5, _farm.Trees);
        }
        _farm.Collect();
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

            _farm.Collect();

            Assert.True(build.Trees.Contains(tree.Reference));
        }
    }

    [Fact]
    public void Is_done_by_one_at_a_time()
    {
        using var store = _farm.Open();
        using (KernelLock.TryAcquire(new StoreLayout(_farm.StoreFolder).CareLock))
            Assert.Equal("LNX3005", Assert.Throws<StoreException>(() => store.Maintenance.Collect(new(), Farm.Later)).Code);
    }

    [Fact]
    public void Leaves_what_lacks_only_a_corrected_promise()
    {
        const string typo = Farm.Best + """<Promise Include="wieghts" Stage="model" />""";
        Assert.False(_farm.Build(typo, "another").Succeeded);

        _farm.Collect();

        Assert.Equal((true, 0), _farm.Build(recipe: "another") is var (succeeded, ran) ? (succeeded, ran.Length) : default);
    }

    [Fact]
    public void After_a_rejection_takes_the_rejected()
    {
        var chosen = _farm.Model();
        using (var store = _farm.Open())
            store.Records.Add(new Rejection(chosen.Results[0].Realization, "wrong data", "me", Farm.Later));

        Assert.Equal(["model#6"], _farm.Build().Ran);
        _farm.Collect();

        using var after = _farm.Open();
        Assert.False(after.Trees.Contains(chosen.Results[0].Tree));
        Assert.Equal("wrong data", Assert.Single(after.Records.History(chosen.Resolved).Rejections).Reason);
        Assert.Empty(_farm.Build().Ran);
    }
}

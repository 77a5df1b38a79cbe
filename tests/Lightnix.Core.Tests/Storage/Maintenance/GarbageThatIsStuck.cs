using Lightnix.Building;

namespace Lightnix.Storage;

/// <summary>
/// A store of which a part cannot be taken away, as a folder in the lower layer of an overlay file system cannot be renamed.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class GarbageThatIsStuck : IDisposable
{
    static readonly DateTimeOffset Later = Farm.Later;

    readonly Farm _farm = new();

    public void Dispose() => _farm.Dispose();

    GarbagePlan Collect()
    {
        using var store = _farm.Open();
        return store.Maintenance.Collect(new(), Later);
    }

    void IsSound()
    {
        using var store = _farm.Open();
        Assert.Equal([], store.Maintenance.Verify().Select(d => $"{d.Place} {d.Problem}"));
    }

    [OverlayFact]
    public void Keeps_all_that_it_names()
    {
        _farm.Build();
        _farm.Build(recipe: "another");
        using var overlay = new Overlay(_farm.StoreFolder, _farm.StoreFolder);
        _farm.Build(recipe: "third");
        _farm.Build(recipe: "fourth");

        var done = Collect();

        Assert.Contains(done.Stuck, s => s.Place.StartsWith("resolved/", StringComparison.Ordinal));
        Assert.Contains(done.Stuck, s => s.Place.StartsWith("trees/", StringComparison.Ordinal));
        // What is in the upper layer only went: the third's records, and all its models.
        Assert.Single(done.Items, i => i.Kind == GarbageKind.Records);
        Assert.Equal(9, done.Items.Count(i => i.Kind == GarbageKind.Tree));
        IsSound();
        Assert.Empty(_farm.Build(recipe: "fourth").Ran);
        Assert.Empty(_farm.Build().Ran);
    }

    [Fact]
    public void Has_its_reserve_again_after_a_build_that_runs_nothing()
    {
        _farm.Build();
        // As a collection leaves it that is ended half-way.
        _farm.Sh("rm cache/reserve/*");

        Assert.Empty(_farm.Build().Ran);

        Assert.Equal("6", _farm.Sh("ls cache/reserve | wc -l").Trim());
    }

    [OverlayFact]
    public void Is_whole_after_the_last_root()
    {
        _farm.Build();
        using var overlay = new Overlay(_farm.StoreFolder, _farm.StoreFolder);
        File.Delete(_farm.Project);

        Assert.NotEmpty(Collect().Stuck);

        IsSound();
        Assert.Equal("", _farm.Sh("find roots work -mindepth 1"));
    }

    [OverlayFact]
    public void Is_not_forgotten_by_a_repair_that_cannot_move_it()
    {
        _farm.Build();
        _farm.Sh("f=$(ls trees/*/weights | head -n 1); d=$(sha256sum < $f | cut -c1-64); echo x >> $f; rm -f files/*/$d");
        using var overlay = new Overlay(_farm.StoreFolder, _farm.StoreFolder);
        var before = _farm.Sh("find resolved -type f | sort; stat -c '%n %a' trees/*");

        using (var store = _farm.Open())
            Assert.Contains(store.Maintenance.Repair(), d => d is { Mended: null, Failed: { } why }
                && why.Contains("cross-device", StringComparison.Ordinal) && !d.Cure.Contains("--repair", StringComparison.Ordinal));

        Assert.Equal(before, _farm.Sh("find resolved -type f | sort; stat -c '%n %a' trees/*"));
    }

    [LinuxFact]
    public void Keeps_what_a_root_needs_that_cannot_be_deleted()
    {
        _farm.Build();
        File.Delete(_farm.Project);
        if (Sh.TryRun("sh", _farm.StoreFolder, ["-c", "mount --bind roots roots && mount -o remount,bind,ro roots"]).ExitCode != 0)
            return;
        try
        {
            var done = Collect();

            Assert.Contains(done.Stuck, s => s.Place.StartsWith("roots/", StringComparison.Ordinal));
            Assert.Equal(2, _farm.Trees);
        }
        finally
        {
            _farm.Sh("umount roots");
        }
        IsSound();
    }

    [LinuxFact]
    public void Is_a_mount_point()
    {
        _farm.Build();
        _farm.Build(recipe: "another");
        var loser = _farm.Sh("grep -l 0.1 trees/*/accuracy.txt | head -n 1 | xargs dirname");
        if (Sh.TryRun("sh", _farm.StoreFolder, ["-c", $"mount --bind {loser} {loser}"]).ExitCode != 0)
            return;
        try
        {
            Assert.Equal([loser], Collect().Stuck.Select(s => s.Place));
        }
        finally
        {
            _farm.Sh($"umount {loser}");
        }
        IsSound();
        Assert.Empty(Collect().Stuck);
        IsSound();
    }

    [LinuxTheory]
    [InlineData("chattr +i $f", "chattr -i $f", "Operation not permitted", 6000)]
    [InlineData("mkdir $t/sub; mkdir ../precious; touch ../precious/file; mount --bind ../precious $t/sub",
        "umount $t/sub 2> /dev/null || umount trees/.*/sub trees/.*/.*", "busy", 8000)]
    public void Could_not_be_deleted_after_it_left_the_store(string holding, string releasing, string why, int freed)
    {
        _farm.Build();
        var loser = _farm.Sh("grep -l 0.1 trees/*/accuracy.txt | head -n 1 | xargs dirname");
        string Script(string script) => $"t={loser}; [ -d $t ] || t=$(ls -d trees/.*-* | head -n 1); f=$t/weights; {script}";
        if (Sh.TryRun("sh", _farm.StoreFolder, ["-c", Script(holding)]).ExitCode != 0)
            return;
        try
        {
            for (var i = 0; i < 2; i++)
            {
                var done = Collect();

                var stuck = Assert.Single(done.Stuck);
                Assert.StartsWith("trees/.", stuck.Place, StringComparison.Ordinal);
                Assert.Contains(why, stuck.Why, StringComparison.Ordinal);
                Assert.Equal(i == 0 ? 3 : 0, done.Items.Count(d => d.Kind == GarbageKind.Tree));
                var bytes = done.Items.Where(d => d.Kind is GarbageKind.Tree or GarbageKind.Content).Sum(d => d.Size);
                Assert.InRange(bytes, i == 0 ? freed : 0, i == 0 ? freed + 50 : 0);
            }
            using var store = _farm.Open();
            Assert.Contains(store.Maintenance.Plan(new(), Later).Items, p => p.Kind == GarbageKind.Leftover
                && p.Place.StartsWith("trees/.", StringComparison.Ordinal));
        }
        finally
        {
            Sh.TryRun("sh", _farm.StoreFolder, ["-c", Script(releasing)]);
        }
        Assert.Empty(Collect().Stuck);
        Assert.Equal("", _farm.Sh("find work -mindepth 1; ls -A trees | grep '^[.]' || true"));
        Assert.True(!Directory.Exists(Path.Combine(_farm.Folder, "precious"))
            || File.Exists(Path.Combine(_farm.Folder, "precious", "file")), "what is mounted is somebody's own");
    }

    [LinuxFact]
    public void Is_named_by_a_repair_with_the_systems_words()
    {
        _farm.Build();
        _farm.Sh("touch roots/$(head -c 250 /dev/zero | tr '\\0' x); : > files/stray");
        if (Sh.TryRun("sh", _farm.StoreFolder, ["-c", "chattr +i files/stray"]).ExitCode != 0)
            return;
        try
        {
            using var store = _farm.Open();
            var found = store.Maintenance.Repair();

            Assert.Contains(found, d => d.Place.StartsWith("roots/x", StringComparison.Ordinal) && d.Mended is not null);
            var stays = Assert.Single(found, d => d.Mended is null);
            Assert.Contains("Operation not permitted", stays.Failed, StringComparison.Ordinal);
            Assert.DoesNotContain("--repair", stays.Cure, StringComparison.Ordinal);
        }
        finally
        {
            _farm.Sh("chattr -i files/stray");
        }
        using var again = _farm.Open();
        Assert.All(again.Maintenance.Repair(), d => Assert.NotNull(d.Mended));
        Assert.Empty(again.Maintenance.Plan(new(), Later).Blocked);
    }

    [LinuxFact]
    public void Is_not_the_whole_of_a_disk_without_inodes()
    {
        _farm.Build();
        _farm.Build(recipe: "another");
        using var temp = new TempFolder();
        Directory.CreateDirectory(temp["disk"]);
        if (Sh.TryRun("sh", temp.Folder, ["-c", "mount -t tmpfs -o nr_inodes=1000,size=8m none disk"]).ExitCode != 0)
            return;
        try
        {
            Sh.Run($"cp -a '{_farm.StoreFolder}' disk/store", temp.Folder);
            Sh.Run("i=0; while touch disk/other$i 2>/dev/null; do i=$((i+1)); done", temp.Folder);

            using (var store = Store.Open(temp["disk/store"]))
                Assert.Contains(store.Maintenance.Collect(new(), Later).Items, i => i.Kind == GarbageKind.Tree);

            using var again = Store.Open(temp["disk/store"]);
            Assert.Empty(again.Maintenance.Verify());
        }
        finally
        {
            Sh.Run("umount disk", temp.Folder);
        }
    }
}

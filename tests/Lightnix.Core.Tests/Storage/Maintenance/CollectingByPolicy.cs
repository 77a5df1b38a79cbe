namespace Lightnix.Storage;

[Trait("Speed", "Slow")]
public sealed class CollectingByPolicy : IDisposable
{
    readonly Farm _farm = Farm.Built();

    public void Dispose() => _farm.Dispose();

    [Fact]
    public void Keeps_what_the_policy_wants()
    {
        using (var store = _farm.Open())
        {
            Assert.Equal(3, store.Maintenance.Plan(new() { KeepBest = 2 }, Farm.Later).Items.Count(i => i.Kind == GarbageKind.Tree));
            Assert.Equal(0, store.Maintenance.Plan(new() { KeepLast = 5 }, Farm.Later).Items.Count(i => i.Kind == GarbageKind.Tree));
            Assert.Empty(store.Maintenance.Plan(new() { OlderThan = TimeSpan.FromHours(1) }, Farm.Later.AddDays(-15)).Items);
            Assert.Equal(4, store.Maintenance.Plan(new() { OlderThan = TimeSpan.FromHours(1) },
                Farm.Later.AddDays(-15).AddHours(3)).Items.Count(i => i.Kind == GarbageKind.Tree));
            Assert.Equal(2, store.Maintenance.Plan(new() { MaxSize = 6100 }, Farm.Later).Items.Count(i => i.Kind == GarbageKind.Tree));
            Assert.Empty(store.Maintenance.Plan(new() { MaxSize = 1 << 20 }, Farm.Later).Items);
        }
        _farm.Collect(new() { KeepBest = 2 });

        Assert.Equal(3, _farm.Trees);
        Assert.Equal("0.4\n0.5", _farm.Sh("cat trees/*/accuracy.txt | sort"));
    }

    [Fact]
    public void Goes_by_the_last_use_and_not_by_the_run_alone()
    {
        var policy = new GarbagePolicy { OlderThan = TimeSpan.FromDays(5) };
        // A build chose the first again, three days from now.
        var first = _farm.Sh("grep -l '0\\.1' trees/*/accuracy.txt | cut -d/ -f2");
        _farm.Sh($"touch -d '3 days' listings/{first}");
        using var store = _farm.Open();

        Assert.Equal(4, store.Maintenance.Plan(policy, Farm.Later.AddDays(-6)).Items.Count(i => i.Kind == GarbageKind.Tree));
        Assert.DoesNotContain(store.Maintenance.Plan(policy, Farm.Later.AddDays(-8)).Items,
            i => i.Place.EndsWith(first, StringComparison.Ordinal));
        Assert.Equal(3, store.Maintenance.Plan(policy, Farm.Later.AddDays(-8)).Items.Count(i => i.Kind == GarbageKind.Tree));
        // Down to a size: what was used longest ago goes first.
        Assert.DoesNotContain(store.Maintenance.Plan(new() { MaxSize = 6100 }, Farm.Later).Items,
            i => i.Place.EndsWith(first, StringComparison.Ordinal));
    }

    [Fact]
    public void Ends_a_root_that_is_forgotten()
    {
        using (var store = _farm.Open())
        {
            GarbagePolicy unknown = new() { Forget = ["/nowhere.lnproj"] };
            Assert.Equal("LNX3006", Assert.Throws<StoreException>(() => store.Maintenance.Plan(unknown, Farm.Later)).Code);
        }

        _farm.Collect(new() { Forget = [_farm.Project] });

        Assert.Equal(0, _farm.Trees);
        Assert.Equal(6, _farm.Build().Ran.Length);
    }
}

namespace Lightnix.Storage;

/// <summary>What was made or used in the last two weeks stays: two branches of a project share a root.</summary>
[Trait("Speed", "Slow")]
public sealed class CollectingByAge : IDisposable
{
    const string Branch = "another branch";

    readonly Farm _farm = Farm.Built();

    public CollectingByAge() => Assert.Equal(5, _farm.Build(recipe: Branch).Ran.Length);

    public void Dispose() => _farm.Dispose();

    [Fact]
    public void Takes_nothing_that_was_made_lately()
    {
        using (var store = _farm.Open())
            Assert.Empty(store.Maintenance.Collect(new(), Farm.Later.AddDays(-2)).Items);

        Assert.Empty(_farm.Build().Ran);
        Assert.Empty(_farm.Build(recipe: Branch).Ran);
    }

    [Fact]
    public void Takes_all_that_is_not_needed_at_an_age_of_zero()
    {
        using (var store = _farm.Open())
            store.Maintenance.Collect(new() { OlderThan = TimeSpan.Zero }, DateTimeOffset.UtcNow.AddMinutes(1));

        Assert.Empty(_farm.Build(recipe: Branch).Ran);
        Assert.Equal(5, _farm.Build().Ran.Length);
    }

    [Fact]
    public void Keeps_records_metrics_and_trees_of_what_a_branch_used_lately()
    {
        var other = Other();
        _farm.Sh($"touch -d '10 days' resolved/{other}/resolved.json");

        var done = _farm.Collect();

        Assert.DoesNotContain(done.Items, i => i.Kind == GarbageKind.Records);
        Assert.Equal(4, done.Items.Count(i => i.Kind == GarbageKind.Tree));
        Assert.Empty(_farm.Build().Ran);
        Assert.Empty(_farm.Build(recipe: Branch).Ran);
    }

    [Theory]
    [InlineData("+22 hours", true)]
    [InlineData("+23 hours +30 minutes", false)]
    public void Spares_what_may_have_been_used_later_than_was_noted(string noted, bool isCollected)
    {
        // A use is noted to the hour. Two weeks before the collection is in 24 hours.
        var other = Other();
        _farm.Sh($"touch -d '{noted}' resolved/{other}/resolved.json");

        Assert.Equal(isCollected, _farm.Collect().Items.Any(i => i.Kind == GarbageKind.Records));
    }

    [Fact]
    public void Goes_by_the_last_build_that_used_it_even_if_that_ran_nothing()
    {
        _farm.Sh("touch -d 2020-01-01 resolved/*/resolved.json listings/*");
        Assert.Empty(_farm.Build().Ran);
        Assert.Equal("2", _farm.Sh("find resolved -name resolved.json -newermt 2021-01-01 | wc -l"));
        Assert.Equal("2", _farm.Sh("find listings -type f -newermt 2021-01-01 | wc -l"));
    }

    [Fact]
    public void Spares_a_derivation_without_a_run_that_was_declared_lately()
    {
        var before = _farm.Sh("ls derivations").Split('\n');
        // Another name, the same runs: no run names its derivation.
        using (var store = _farm.Open())
        {
            store.Records.Add(store.Records.Find(_farm.Model().Derivation)! with { Name = Model.StageName.Parse("renamed") });
            Assert.Equal(before.Length + 1, _farm.Sh("ls derivations").Split('\n').Length);
            Assert.Empty(store.Maintenance.Plan(new(), DateTimeOffset.UtcNow.AddMinutes(1)).Items);
        }
        // With that of the branch.
        Assert.Equal(2, _farm.Collect().Items.Count(i => i.Kind == GarbageKind.Derivation));
    }

    [Fact]
    public void Counts_a_derivation_as_used_until_another_takes_its_place()
    {
        _farm.Sh("touch -d 2020-01-01 derivations/*");

        Assert.Empty(_farm.Build().Ran);

        // Of the branch, the model was replaced; its data are what they were.
        Assert.Equal("2", _farm.Sh("find derivations -newermt 2021-01-01 -type f | wc -l"));
    }

    // Of five models, those that the root does not have.
    string Other() => _farm.Sh("ls resolved").Split('\n').Single(r => r != _farm.Model().Resolved.ToString()
        && Directory.GetFiles(Path.Combine(_farm.StoreFolder, "resolved", r), "run.*").Length == 5);
}

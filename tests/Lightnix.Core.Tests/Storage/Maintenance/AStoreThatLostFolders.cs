namespace Lightnix.Storage;

/// <summary>
/// A store that lost folders: a copy that was not finished, an archive that leaves out empty ones, or a deletion that docs/store-format.md
/// allows.
/// </summary>
public sealed class AStoreThatLostFolders : IDisposable
{
    static readonly DateTimeOffset Later = Farm.Later;

    readonly Farm _farm = new(inMemory: true);

    public AStoreThatLostFolders() => Assert.True(_farm.Build().Succeeded);

    public void Dispose() => _farm.Dispose();

    GarbagePlan Collect(params string[] forget)
    {
        using var store = _farm.Open();
        return store.Maintenance.Collect(new() { Forget = [.. forget] }, Later);
    }

    void Pin()
    {
        using var store = _farm.Open();
        store.Pins.Add(new(_farm.Model().Results[0].Realization, _farm.Model().Resolved, _farm.Model().Results[0].Tree, "", "me", Later));
    }

    [Theory]
    [InlineData("rmdir locks/sessions")]
    [InlineData("rm -rf locks work cache lost")]
    [InlineData("find . -mindepth 1 -type d -empty -delete")]
    [InlineData("find . -type d -exec chmod u+w {} + && rm -rf derivations resolved listings trees files logs")]
    public void Builds_and_is_taken_care_of(string losing)
    {
        _farm.Sh(losing);

        Assert.True(_farm.Build(recipe: "another").Succeeded, string.Join('\n', _farm.Said));
        Pin();
        Assert.Empty((losing.Contains("empty", StringComparison.Ordinal) ? Collect("pins") : Collect()).Blocked);
        using var store = _farm.Open();
        Assert.Empty(store.Maintenance.Verify());
    }

    [Theory]
    [InlineData("rmdir locks/sessions")]
    [InlineData("rm -rf locks")]
    public void Is_collected_pinned_and_repaired_without_a_build(string losing)
    {
        _farm.Sh(losing);
        Assert.Equal(4, Collect().Items.Count(i => i.Kind == GarbageKind.Tree));
        _farm.Sh(losing);
        Pin();
        _farm.Sh(losing);
        using var store = _farm.Open();
        Assert.Empty(store.Maintenance.Repair());
    }

    [Theory]
    [InlineData("roots")]
    [InlineData("pins")]
    public void Is_not_collected_where_it_is_not_known_what_is_needed(string folder)
    {
        _farm.Sh($"rm -rf {folder}");
        using (var store = _farm.Open())
            Assert.StartsWith($"'{folder}' is missing", Assert.Single(store.Maintenance.Plan(new(), Later).Blocked),
                StringComparison.Ordinal);

        Assert.Single(Collect().Blocked);
        using (var store = _farm.Open())
            Assert.All(store.Maintenance.Repair(), d => Assert.NotNull(d.Mended));
        Assert.StartsWith($"'{folder}' was lost", Assert.Single(Collect().Blocked), StringComparison.Ordinal);
        Assert.Equal(6, _farm.Trees);

        // A build, or a pin, says what it needs itself, and not what others do.
        Assert.True(_farm.Build().Succeeded);
        Pin();
        Assert.Single(Collect().Blocked);
        Assert.Empty(Collect(folder).Blocked);
        Assert.Equal(2, _farm.Trees);
        Assert.Empty(Collect().Blocked);
    }

    [Theory]
    [InlineData("roots")]
    [InlineData("pins")]
    public void Is_marked_by_the_process_that_makes_the_folder_again(string folder)
    {
        _farm.Sh($"rm -rf {folder}");

        Assert.True(_farm.Build().Succeeded);
        Pin();

        Assert.Single(Collect().Blocked);
        Assert.Empty(Collect(folder).Blocked);
    }

    [Theory]
    [InlineData("derivations")]
    [InlineData("resolved")]
    [InlineData("listings")]
    [InlineData("trees")]
    public void Is_not_collected_where_records_or_trees_may_come_back(string folder)
    {
        _farm.Sh($"mv {folder} ../kept");
        Assert.StartsWith($"'{folder}' is missing", Assert.Single(Collect().Blocked), StringComparison.Ordinal);
        _farm.Sh($"mv ../kept {folder}");
        Assert.Equal(4, Collect().Items.Count(i => i.Kind == GarbageKind.Tree));
    }

    [Fact]
    public void Says_that_nothing_is_missing_where_nothing_is()
    {
        using var store = _farm.Open();
        Assert.Equal("LNX3006", Assert.Throws<StoreException>(() => store.Maintenance.Plan(new() { Forget = ["roots"] }, Later)).Code);
    }
}

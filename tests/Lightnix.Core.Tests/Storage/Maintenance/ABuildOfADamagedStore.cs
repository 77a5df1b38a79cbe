namespace Lightnix.Storage;

/// <summary>A build meets a store in which something is damaged.</summary>
public sealed class ABuildOfADamagedStore : IDisposable
{
    const string Latest = """<Matcher Include="model" Select="Latest" />""";

    readonly Farm _farm = new(inMemory: true);

    public ABuildOfADamagedStore() => Assert.True(_farm.Build(Latest).Succeeded);

    public void Dispose() => _farm.Dispose();

    string Chosen => $"trees/{_farm.Model().Results[0].Tree}";

    void Repairs()
    {
        using (var store = _farm.Open())
            Assert.All(store.Maintenance.Repair(), d => Assert.NotNull(d.Mended));
        Assert.True(_farm.Build(Latest).Succeeded, string.Join('\n', _farm.Said));
        using (var store = _farm.Open())
            Assert.Empty(store.Maintenance.Verify());
    }

    [Theory]
    [InlineData("chmod u+w weights; echo >> weights; chmod 444 weights")]
    [InlineData("touch -d 2000-01-01T00:00:00Z accuracy.txt; chmod u+w weights; printf x | dd of=weights conv=notrunc status=none")]
    [InlineData("chmod u+w .; rm -f weights; chmod 555 .")]
    [InlineData("chmod u+w .; : > extra; chmod 555 .")]
    [InlineData("chmod u+w .; mv weights ../../aside; ln -s ../../aside weights; chmod 555 .; touch -d 2000-01-01T00:00:00Z .")]
    public void Says_so_and_does_not_use_a_tree(string damage)
    {
        _farm.Sh($"cd {Chosen}; {damage}");

        var (succeeded, ran) = _farm.Build(Latest);

        Assert.False(succeeded);
        Assert.Empty(ran);
        Assert.Contains("LNX3001", Assert.Single(_farm.Said, s => s.Contains("LNX", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("lightnix verify --repair", string.Join('\n', _farm.Said), StringComparison.Ordinal);
        _farm.Sh("rm -f aside");
        Repairs();
    }

    [Theory]
    [InlineData("run")]
    [InlineData("failure")]
    public void Says_so_and_does_not_use_a_record_in_anothers_folder(string kind)
    {
        Assert.False(_farm.Build(Latest, recipe: "oh; exit 3;").Succeeded);
        Assert.True(_farm.Build(Latest).Succeeded);
        _farm.Sh($"d=resolved/{_farm.Model().Resolved}; for f in $(ls resolved/*/{kind}.* | grep -v $d); do cp -p $f $d/; done");

        var (succeeded, ran) = _farm.Build(Latest);

        Assert.False(succeeded);
        Assert.Empty(ran);
        Assert.Contains(_farm.Said, s => s.Contains("LNX3001", StringComparison.Ordinal)
            && s.Contains("belongs to another resolved derivation", StringComparison.Ordinal));
        Repairs();
    }

    [Theory]
    [InlineData("cd trees/*; chmod -R u+w .")]
    [InlineData("chmod -R go-rwx .")]
    [InlineData("chmod -R 777 trees files")]
    [InlineData("find trees files -exec touch -h {} +")]
    [InlineData("find trees -type f -exec chmod 0 {} +; find trees -depth -type d -exec chmod 0 {} +; chmod 755 trees")]
    [InlineData("cp -r . ../copied; mv ../store ../old; mv ../copied ../store; cd ../store")]
    [InlineData("cp -r --no-preserve=mode,links . ../copied; mv ../store ../old; mv ../copied ../store; cd ../store")]
    [InlineData("for d in $(find trees -type d -empty); do chmod u+w $d/..; rmdir $d; done")]
    public void Puts_modes_and_times_right(string copying)
    {
        const string empty = """<Stage Include="empty" Command="mkdir -p @{out}/none @{out}/deep/er; : > @{out}/f" />""" + Latest;
        Assert.True(_farm.Build(empty).Succeeded);
        _farm.Sh(copying);

        Assert.Equal((true, 0), _farm.Build(empty) is var (succeeded, ran) ? (succeeded, ran.Length) : default);

        Assert.DoesNotContain(_farm.Said, s => s.Contains("LNX", StringComparison.Ordinal));
        using var store = _farm.Open();
        Assert.DoesNotContain(store.Maintenance.Verify(), d => d.Place.StartsWith("trees/", StringComparison.Ordinal));
    }

    [Fact]
    public void Leaves_modes_and_times_to_a_build_that_does_more_than_plan()
    {
        _farm.Sh($"touch {Chosen}/weights; chmod 600 {Chosen}/weights");
        var before = _farm.Sh($"stat -c '%a %Y' {Chosen}/weights");

        using (var store = Store.OpenReadOnly(_farm.StoreFolder))
            store.Trees.Check(store.Trees.Get(_farm.Model().Results[0].Tree), everyByte: false);

        Assert.Equal(before, _farm.Sh($"stat -c '%a %Y' {Chosen}/weights"));
    }

    [Theory]
    [InlineData("resolved/*/run.*.json")]
    [InlineData("listings/*")]
    public void Says_so_of_a_record(string which)
    {
        _farm.Sh($"for f in {which}; do chmod u+w $f; truncate -s 30 $f; chmod 444 $f; done");

        Assert.False(_farm.Build(Latest).Succeeded);

        Assert.All(_farm.Said.Where(s => s.Contains("LNX", StringComparison.Ordinal)),
            s => Assert.Contains("LNX3001", s, StringComparison.Ordinal));
        Repairs();
    }

    [Fact]
    public void Says_so_of_a_record_that_is_too_large_to_be_one()
    {
        _farm.Sh("for f in resolved/*/run.*.json; do chmod u+w $f; truncate -s 3G $f; done");

        Assert.False(_farm.Build(Latest).Succeeded);

        Assert.All(_farm.Said.Where(s => s.Contains("LNX", StringComparison.Ordinal)),
            s => Assert.Contains("LNX300", s, StringComparison.Ordinal));
        Assert.Contains("3221225472 bytes", string.Join('\n', _farm.Said), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rm -f listings/*")]
    [InlineData("for f in listings/*; do rm -f $f; mkfifo $f; done")]
    public void Says_so_of_a_lost_listing_and_chooses_nothing_else(string damage)
    {
        _farm.Sh(damage);

        var (succeeded, ran) = _farm.Build(Latest);

        Assert.False(succeeded);
        Assert.Empty(ran);
        Assert.All(_farm.Said.Where(s => s.Contains("LNX", StringComparison.Ordinal)),
            s => Assert.Contains("LNX3001", s, StringComparison.Ordinal));
        Repairs();
    }

    [Theory]
    [InlineData("resolved/*/realization.*.json")]
    [InlineData("resolved/*/resolved.json")]
    [InlineData("derivations/*")]
    public void Needs_not_what_it_can_make_again(string which)
    {
        _farm.Sh($"for f in {which}; do chmod u+w $f; truncate -s 30 $f; chmod 444 $f; done");

        Assert.Equal((true, 0), _farm.Build(Latest) is var (succeeded, ran) ? (succeeded, ran.Length) : default);
        Repairs();
    }

    [Fact]
    public void Says_that_it_does_not_know_the_former_choice()
    {
        _farm.Sh("chmod u+w roots/*; truncate -s 30 roots/*; chmod 444 roots/*");

        Assert.Equal((true, 0), _farm.Build(Latest) is var (succeeded, ran) ? (succeeded, ran.Length) : default);

        Assert.Contains("LNX3001", Assert.Single(_farm.Said, s => s.Contains("LNX", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(_farm.Build(Latest) is var _ ? _farm.Said : [], s => s.Contains("LNX", StringComparison.Ordinal));
    }

    [Fact]
    public void Judges_again_where_a_verdict_is_damaged()
    {
        const string large = """<Stage Include="large" Command="yes 1,2 | head -c 2000000 > @{out}/table.csv" />"""
            + """<Promise Include="table.csv" Stage="large" Type="Csv" />""" + Latest;
        Assert.True(_farm.Build(large).Succeeded);

        foreach (var damage in new[] { ": > $f", "printf '[' > $f", "printf '[1]' > $f", "rm $f; mkdir $f" })
        {
            _farm.Sh($"for f in $(find cache/verdicts -name '*.json'); do chmod u+w $f; {damage}; done");
            Assert.Equal((true, 0), _farm.Build(large) is var (succeeded, ran) ? (succeeded, ran.Length) : default);
        }
    }
}

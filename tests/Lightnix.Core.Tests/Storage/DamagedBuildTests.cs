namespace Lightnix.Storage;

/// <summary>A build meets a store in which something is damaged.</summary>
public sealed class ABuildOfADamagedStore : IDisposable
{
    const string Latest = """<Matcher Include="model" Select="Latest" />""";

    readonly Farm _farm = new(inMemory: true);

    public ABuildOfADamagedStore() => Assert.True(_farm.Build(Latest).Succeeded);

    public void Dispose() => _farm.Dispose();

    string Chosen => $"trees/{_farm.Model().Trees[0]}";

    void Repairs()
    {
        using (var store = _farm.Open())
            Assert.All(store.Care.Repair(), d => Assert.NotNull(d.Mended));
        Assert.True(_farm.Build(Latest).Succeeded, string.Join('\n', _farm.Said));
        using (var store = _farm.Open())
            Assert.Empty(store.Care.Verify());
    }

    [Theory]
    [InlineData("chmod u+w weights; echo >> weights; chmod 444 weights")]
    [InlineData("chmod 644 weights")]
    [InlineData("touch weights")]
    [InlineData("chmod u+w .; rm -f weights; chmod 555 .")]
    [InlineData("chmod u+w .; : > extra; chmod 555 .")]
    [InlineData("chmod u+w .; mv weights ../../aside; ln -s ../../aside weights; chmod 555 .; touch -d 2000-01-01T00:00:00Z .")]
    public void SaysSoAndDoesNotUseATree(string damage)
    {
        _farm.Sh($"cd {Chosen}; {damage}");

        var (succeeded, ran) = _farm.Build(Latest);

        Assert.False(succeeded);
        Assert.Empty(ran);
        Assert.Contains("LNX3001", Assert.Single(_farm.Said, s => s.Contains("LNX", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("lightnix verify --repair", string.Join('\n', _farm.Said), StringComparison.Ordinal);
        // What a copy without times looks like.
        if (damage is "touch weights" or "chmod 644 weights")
            Assert.Equal(damage == "touch weights", _farm.Said.Any(s => s.Contains("'cp -a' keeps", StringComparison.Ordinal)));
        _farm.Sh("rm -f aside");
        Repairs();
    }

    [Theory]
    [InlineData("resolved/*/run.*.json")]
    [InlineData("listings/*")]
    public void SaysSoOfARecord(string which)
    {
        _farm.Sh($"for f in {which}; do chmod u+w $f; truncate -s 30 $f; chmod 444 $f; done");

        Assert.False(_farm.Build(Latest).Succeeded);

        Assert.All(_farm.Said.Where(s => s.Contains("LNX", StringComparison.Ordinal)), s => Assert.Contains("LNX3001", s, StringComparison.Ordinal));
        Repairs();
    }

    [Theory]
    [InlineData("resolved/*/realization.*.json")]
    [InlineData("resolved/*/resolved.json")]
    [InlineData("derivations/*")]
    public void NeedsNotWhatItCanMakeAgain(string which)
    {
        _farm.Sh($"for f in {which}; do chmod u+w $f; truncate -s 30 $f; chmod 444 $f; done");

        Assert.Equal((true, 0), _farm.Build(Latest) is var (succeeded, ran) ? (succeeded, ran.Length) : default);
        Repairs();
    }

    [Fact]
    public void SaysThatItDoesNotKnowTheFormerChoice()
    {
        _farm.Sh("chmod u+w roots/*; truncate -s 30 roots/*; chmod 444 roots/*");

        Assert.Equal((true, 0), _farm.Build(Latest) is var (succeeded, ran) ? (succeeded, ran.Length) : default);

        Assert.Contains("LNX3001", Assert.Single(_farm.Said, s => s.Contains("LNX", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(_farm.Build(Latest) is var _ ? _farm.Said : [], s => s.Contains("LNX", StringComparison.Ordinal));
    }

    [Fact]
    public void JudgesAgainWhereAVerdictIsDamaged()
    {
        const string large = """<Stage Include="large" Command="yes 1,2 | head -c 2000000 > @{out}/table.csv" /><Promise Include="table.csv" Stage="large" Type="Csv" />""" + Latest;
        Assert.True(_farm.Build(large).Succeeded);

        foreach (var damage in new[] { ": > $f", "printf '[' > $f", "printf '[1]' > $f", "rm $f; mkdir $f" })
        {
            _farm.Sh($"for f in $(find cache/verdicts -name '*.json'); do chmod u+w $f; {damage}; done");
            Assert.Equal((true, 0), _farm.Build(large) is var (succeeded, ran) ? (succeeded, ran.Length) : default);
        }
    }
}

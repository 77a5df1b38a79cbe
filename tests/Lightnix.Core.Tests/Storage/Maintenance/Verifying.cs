namespace Lightnix.Storage;

[Trait("Speed", "Slow")]
public sealed class Verifying : IDisposable
{
    readonly Farm _farm = new();

    public Verifying() => _farm.Build("""<Matcher Include="model" Select="Latest" />""");

    public void Dispose() => _farm.Dispose();

    (string[] Found, bool Mended) Look(bool repair = false)
    {
        using var store = _farm.Open();
        var found = repair ? store.Maintenance.Repair() : store.Maintenance.Verify();
        return ([.. found.Select(d => $"{d.Place} {d.Problem}")], found.All(d => d.Mended is not null));
    }

    [Fact]
    public void Finds_nothing_in_a_sound_store() => Assert.Equal([], Look().Found);

    // A byte is changed, and size and time are as before.
    const string Flip = """flip() { m=$(stat -c %a "$1"); t=$(stat -c %y "$1"); chmod u+w "$1"; c='~'; """
        + """[ "$(dd if="$1" bs=1 skip=${2:-3} count=1 status=none | tr -d '\0')" != '~' ] || c='!'; """
        + """printf "$c" | dd of="$1" bs=1 seek=${2:-3} conv=notrunc status=none; chmod $m "$1"; touch -d "$t" "$1"; }; """;

    [Theory]
    [InlineData("derivations/", Flip + "flip $(ls derivations/* | head -1)")]
    [InlineData("/resolved.json", Flip + "flip $(ls resolved/*/resolved.json | head -1)")]
    [InlineData("/realization.", Flip + "flip $(ls resolved/*/realization.* | head -1)")]
    [InlineData("/run.", Flip + "flip $(ls resolved/*/run.* | head -1)")]
    [InlineData("listings/", Flip + "flip $(ls listings/* | head -1) 20")]
    [InlineData("/weights", Flip + "flip $(ls trees/*/weights | head -1)")]
    [InlineData("files/", Flip + "flip $(ls files/*/* | head -1) 0")]
    [InlineData("logs/", Flip + "flip $(ls logs/*/* | head -1) 0")]
    [InlineData("trees/", "d=$(ls -d trees/* | head -1); chmod u+w $d; : > $d/extra; chmod 555 $d; touch -d 2000-01-01T00:00:00Z $d")]
    [InlineData("/weights", "d=$(dirname $(ls trees/*/weights)); chmod u+w $d; rm -f $d/weights; chmod 555 $d; "
        + "touch -d 2000-01-01T00:00:00Z $d")]
    [InlineData("/weights", "chmod u+w trees/*/weights; truncate -s 10 trees/*/weights; chmod 444 trees/*/weights")]
    [InlineData("/weights", "chmod 555 trees/*/weights")]
    [InlineData("trees/", "chmod 755 $(ls -d trees/* | head -1)")]
    [InlineData("trees/", "touch $(ls -d trees/* | head -1)")]
    [InlineData("derivations/", "chmod 644 $(ls derivations/* | head -1)")]
    [InlineData("derivations/x", ": > derivations/x")]
    [InlineData("notes", ": > notes")]
    [InlineData("derivations/", "rm -f $(ls derivations/* | head -1)")]
    [InlineData("/realization.", "rm -f $(ls resolved/*/realization.* | head -1)")]
    [InlineData("listings/", "rm -f $(ls listings/* | head -1)")]
    [InlineData("logs/", "rm -f $(ls logs/*/* | head -1)")]
    public void Finds_and_repairs(string place, string damage)
    {
        _farm.Sh(damage);

        var (found, _) = Look();
        var (same, mended) = Look(repair: true);

        Assert.Contains(found, f => f.Contains(place, StringComparison.Ordinal));
        Assert.True(mended, string.Join('\n', same));
        Assert.Equal([], Look().Found);
        Assert.True(_farm.Build("""<Matcher Include="model" Select="Latest" />""").Succeeded, string.Join('\n', _farm.Said));
        Assert.Equal([], Look().Found);
    }

    [Theory]
    [InlineData(Flip + "flip roots/* 300")]
    [InlineData("chmod u+w roots/*; truncate -s 100 roots/*; chmod 444 roots/*")]
    public void Finds_a_damaged_root(string damage)
    {
        _farm.Sh(damage);

        var (found, mended) = Look(repair: true);

        Assert.StartsWith("roots/", Assert.Single(found), StringComparison.Ordinal);
        Assert.False(mended);
        Assert.Empty(_farm.Build("""<Matcher Include="model" Select="Latest" />""").Ran);
        Assert.Equal([], Look().Found);
    }

    [Fact]
    public void Heals_from_an_intact_copy()
    {
        // A copy of its own, as where the file system has no hard links.
        _farm.Sh(Flip + "w=$(ls trees/*/weights); f=$(find files -samefile $w); cp -p $f $f.new; mv -f $f.new $f; flip $w");

        Assert.Contains("/weights has the SHA-256", Assert.Single(Look().Found), StringComparison.Ordinal);
        Assert.True(Look(repair: true).Mended);

        Assert.Equal([], Look().Found);
        Assert.Empty(_farm.Build("""<Matcher Include="model" Select="Latest" />""").Ran);
    }

    [Fact]
    public void Drops_what_has_no_intact_copy_so_that_it_runs_again()
    {
        _farm.Sh(Flip + "flip trees/*/weights");

        Assert.True(Look(repair: true).Mended);

        Assert.Equal(1, _farm.Trees);
        Assert.Equal(["model#1"], _farm.Build("""<Matcher Include="model" Select="Latest" />""").Ran);
        Assert.Equal([], Look().Found);
    }
}

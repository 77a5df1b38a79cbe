using Lightnix.Model;
using static Lightnix.Promises.Result;

namespace Lightnix.Promises;

/// <summary>All promises of a result.</summary>
public sealed class Verdicts
{
    [Fact]
    public void All_are_given_in_the_order_of_the_promises()
    {
        Promise[] promises = [Promised("b"), Promised("a", PromiseType.Number), Promised("c")];

        var verdicts = PromiseCheck.Check(promises, Of("a", "x").With("b", ""));

        Assert.Equal(promises, verdicts.Select(v => v.Promise));
        Assert.Equal([true, false, false], verdicts.Select(v => v.IsKept));
    }

    [Fact]
    public void Only_what_must_be_read_is_read()
    {
        var result = Of("a", "1").With("b", "2");

        PromiseCheck.Check([Promised("a", PromiseType.File) with { MinSize = 1 }, Promised("b", PromiseType.Number)], result);

        Assert.Equal(["b"], result.Opened);
    }

    [Fact]
    public void What_reads_nothing_says_so()
    {
        Assert.True((Promised("a", PromiseType.File) with { MinSize = 1, NonEmpty = true, Pattern = "*" }).IsDecidedByListing);
        Assert.False(Promised("a", PromiseType.Text).IsDecidedByListing);
        Assert.False((Promised("a") with { Min = 1 }).IsDecidedByListing);
        Assert.False((Promised("a") with { MinRows = 1 }).IsDecidedByListing);
        Assert.False((Promised("a") with { Columns = ["x"] }).IsDecidedByListing);
    }
}

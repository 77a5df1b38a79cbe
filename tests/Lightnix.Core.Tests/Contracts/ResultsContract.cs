using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Contracts;

/// <summary>What every implementation of traces, trees, leases and remembered verdicts must do.</summary>
public abstract class ResultsContract
{
    protected abstract ITraces Traces { get; }

    protected abstract ITrees Trees { get; }

    protected abstract ILease Lease { get; }

    protected abstract IVerdictMemory Verdicts { get; }

    /// <summary>Adds a tree with one file, <c>out.txt</c>.</summary>
    protected abstract Tree Take(string content);

    /// <summary>Adds a run of <see cref="Samples.Resolved"/>, with its records.</summary>
    protected abstract void Add(Run run);

    static readonly Reference<Resolved> Resolved = Samples.Resolved().Reference();

    Run Made(string content, long order)
    {
        var run = new Run(Samples.Facts(order), Take(content).Reference);
        Add(run);
        return run;
    }

    [Fact]
    public async Task Of_nothing_there_is_an_empty_history()
    {
        var history = await Traces.HistoryAsync(Resolved, CancellationToken.None);

        Assert.Empty(history.Runs);
        Assert.Empty(history.Failures);
        Assert.Equal(1, history.NextOrder);
    }

    [Fact]
    public async Task Every_run_is_in_the_history()
    {
        var (first, second) = (Made("1", 1), Made("2", 2));

        var history = await Traces.HistoryAsync(Resolved, CancellationToken.None);

        Assert.Equal([first.Reference(), second.Reference()], history.Runs.OrderBy(r => r.Facts.Order).Select(r => r.Reference()));
        Assert.Equal(3, history.NextOrder);
    }

    [Fact]
    public async Task Records_are_found_by_their_references()
    {
        Made("1", 1);

        Assert.Equal(Resolved, (await Traces.FindAsync(Resolved, CancellationToken.None))!.Reference());
        Assert.Equal(Samples.Derivation().Reference(),
            (await Traces.FindAsync(Samples.Derivation().Reference(), CancellationToken.None))!.Reference());
        Assert.Null(await Traces.FindAsync(new Reference<Resolved>(Digest.Of([])), CancellationToken.None));
        Assert.Null(await Traces.FindAsync(new Reference<Derivation>(Digest.Of([])), CancellationToken.None));
    }

    [Fact]
    public async Task A_realization_is_found_by_the_beginning_of_its_reference()
    {
        var made = Made("1", 1);

        Assert.Equal(made.Tree, (await Traces.FindRealizationAsync(made.Realization.ToString()[..12], CancellationToken.None))!.Tree);
        Assert.Null(await Traces.FindRealizationAsync("nothing", CancellationToken.None));
    }

    [Fact]
    public async Task A_beginning_of_two_realizations_means_none()
    {
        Made("1", 1);
        Made("2", 2);

        Assert.Null(await Traces.FindRealizationAsync("", CancellationToken.None));
    }

    [Fact]
    public void A_tree_that_is_there_is_listed_read_and_kept()
    {
        var tree = Take("content");

        Assert.True(Trees.Contains(tree.Reference));
        Assert.True(Lease.Keep(tree.Reference));
        var listing = Trees.Find(tree.Reference)!;
        Assert.Equal(tree.Reference, listing.Reference);
        using var file = new StreamReader(Trees.Open(listing).Open((TreeEntry.File)listing.Find(RelativePath.Parse("out.txt"))!));
        Assert.Equal("content", file.ReadToEnd());
    }

    [Fact]
    public void A_tree_that_was_never_there_is_neither_listed_nor_kept()
    {
        var tree = new Reference<Tree>(Digest.Of([]));

        Assert.False(Trees.Contains(tree));
        Assert.Null(Trees.Find(tree));
        Assert.False(Lease.Keep(tree));
    }

    [Fact]
    public async Task What_is_kept_of_a_resolved_derivation_is_known()
    {
        Made("1", 1);

        Lease.Keep(Samples.Resolved(), Resolved);

        Assert.NotNull(await Traces.FindAsync(Resolved, CancellationToken.None));
    }

    [Fact]
    public void A_verdict_is_remembered_by_tree_and_promise()
    {
        var tree = Take("content").Reference;
        var (promise, other) = (Digest.Of([1]), Digest.Of([2]));
        Assert.Null(Verdicts.Remembered(tree, promise));

        Verdicts.Remember(tree, promise, ["it is too small"]);
        Verdicts.Remember(tree, other, []);

        Assert.Equal(["it is too small"], Verdicts.Remembered(tree, promise)!.Value.ToArray());
        Assert.Empty(Verdicts.Remembered(tree, other)!.Value);
    }
}

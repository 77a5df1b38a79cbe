using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Three replicates gave 10, 20 and 30. Another attempt of one of them is recorded, as looking at the variance of a stage
/// makes it.</summary>
public class A_replicate_that_was_repeated
{
    readonly Bench _bench = new();

    static Matcher Wants(Select select) => Bench.Best(3) with { Select = select };

    /// <summary>Records another attempt, and gives its tree.</summary>
    async Task<Reference<Tree>> RepeatAsync(int replicate, string result)
    {
        var history = _bench.Results.HistoryOf(_bench.Last.Stages["a"].Resolved);
        var run = history.Runs.First(r => r.Facts.Replicate == replicate);
        var tree = _bench.Results.Take([KeyValuePair.Create("result", result)]).Reference;
        _bench.Results.Add(new(run.Facts with
        {
            Attempt = history.NextAttempt(replicate),
            Order = history.NextOrder,
            Nonce = result,
        }, tree), (await _bench.Results.FindAsync(run.Facts.Resolved, CancellationToken.None))!);
        return tree;
    }

    [Theory]
    [InlineData(Select.Best, 1, "99", "30")]
    [InlineData(Select.Median, 2, "99", "20")]
    [InlineData(Select.Latest, 1, "99", "30")]
    [InlineData(Select.Latest, 1, "10", "30")]
    [InlineData(Select.All, 1, "99", "10 20 30")]
    public async Task Moves_no_choice(Select select, int replicate, string result, string chosen)
    {
        var first = await _bench.BuildReplicatesAsync(Wants(select));
        var root = _bench.Last;
        _bench.Ran();
        await RepeatAsync(replicate, result);

        Assert.Equal(first, await _bench.BuildReplicatesAsync(Wants(select)));

        Assert.Equal(chosen, string.Join(' ', first.Split(' ').Order(StringComparer.Ordinal)));
        Assert.Empty(_bench.Ran());
        Assert.Equal(root.ToBytes(), _bench.Last.ToBytes());
    }

    [Fact]
    public async Task Leaves_the_only_result_the_only_one()
    {
        Assert.Equal("10", await _bench.BuildReplicatesAsync(Matcher.Default with { Select = Select.Only }));
        await RepeatAsync(1, "99");

        Assert.Equal("10", await _bench.BuildReplicatesAsync(Matcher.Default with { Select = Select.Only }));
    }

    [Fact]
    public async Task Gives_results_that_Exact_may_name_and_a_quorum_counts()
    {
        await _bench.BuildReplicatesAsync(Wants(Select.Best));
        var tree = await RepeatAsync(1, "99");
        var realization = new Realization(_bench.Last.Stages["a"].Resolved, tree).Reference();

        Assert.Equal("99", await _bench.BuildReplicatesAsync(Wants(Select.Exact) with { Realizations = [realization.Short] }));
        await RepeatAsync(1, "99");
        Assert.Equal("99", await _bench.BuildReplicatesAsync(Wants(Select.Quorum) with { Take = 2, AtMost = 3 }));
    }

    [Fact]
    public async Task Takes_the_place_of_a_chosen_result_that_was_collected()
    {
        await _bench.BuildReplicatesAsync(Wants(Select.Best));
        _bench.Ran();
        await RepeatAsync(3, "25");
        _bench.Results.Evict(_bench.Last.Stages["a"].Results[0].Tree, "result");

        Assert.Equal("25", await _bench.BuildReplicatesAsync(Wants(Select.Best)));
        Assert.Empty(_bench.Ran());
    }

    [Fact]
    public async Task Changes_nothing_about_a_collected_result_that_was_not_chosen()
    {
        await _bench.BuildReplicatesAsync(Wants(Select.Best));
        var collected = _bench.Results.HistoryOf(_bench.Last.Stages["a"].Resolved).Runs.Single(r => r.Facts.Replicate == 1).Tree;
        await RepeatAsync(1, "99");
        _bench.Results.Evict(collected, "result");

        Assert.Equal("30", await _bench.BuildReplicatesAsync(Wants(Select.Best)));
    }
}

using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Five random results, of which all but the best were collected, and then another one is wanted.</summary>
public class An_evicted_result_that_does_not_come_back
{
    readonly Bench _bench = new();

    static Matcher Wants(Select select, params string[] realizations) =>
        Bench.Best(5) with { Select = select, Realizations = [.. realizations] };

    /// <summary>Replicate 1 gave 10, replicate 5 gave 50; made again, each gives two less.</summary>
    async Task<History> Collected()
    {
        // One after the other: of several that start at once, any may be the last.
        for (var atLeast = 1; atLeast <= 5; atLeast++)
            await _bench.BuildReplicatesAsync(Bench.Best(atLeast));
        var history = History();
        foreach (var run in history.Runs.Where(r => r.Facts.Replicate < 5))
            _bench.Results.Evict(run.Tree, "result");
        Assert.Equal(5, _bench.Ran().Length);
        return history;
    }

    History History() => _bench.Results.HistoryOf(_bench.Last.Stages["a"].Resolved);

    [Theory]
    [InlineData(Select.Median, "28")]
    [InlineData(Select.All, "18 28 38 50 8")]
    [InlineData(Select.Latest, "50")]
    public async Task Is_tried_once_and_passed_over(Select select, string expected)
    {
        await Collected();

        var first = await _bench.BuildReplicatesAsync(Wants(select));

        var made = select switch { Select.Median => 1, Select.All => 4, _ => 0 };
        Assert.Equal(made, _bench.Ran().Length);
        Assert.Equal(made, _bench.Events.OfType<BuildEvent.Hint>()
            .Count(h => h.Text.Contains("is passed over: it was collected from the store, and attempt 2 of replicate",
            StringComparison.Ordinal)));
        Assert.Equal(expected, string.Join(' ', first.Split(' ').Order(StringComparer.Ordinal)));
        Assert.Equal(first, await _bench.BuildReplicatesAsync(Wants(select)));
        Assert.Empty(_bench.Ran());
        Assert.Empty(_bench.Events.OfType<BuildEvent.Hint>());
    }

    [Fact]
    public async Task Leaves_the_next_one_by_rank()
    {
        await Collected();

        // The lowest is 10, and it comes back as 8; then that is collected, comes back as 6, and so on: each once.
        Assert.Equal("8", await _bench.BuildReplicatesAsync(Bench.Best(5) with { LowestIsBest = true }));
        Assert.Equal(["a#1"], _bench.Ran());
        _bench.Results.Evict(_bench.Last.Stages["a"].Results[0].Tree, "result");
        Assert.Equal("6", await _bench.BuildReplicatesAsync(Bench.Best(5) with { LowestIsBest = true }));
        Assert.Equal(["a#1"], _bench.Ran());
        Assert.Equal(5 + 2, History().Runs.Length);
    }

    [Fact]
    public async Task Is_named_once_as_the_cause_where_another_attempt_is_chosen()
    {
        await Collected();

        await _bench.BuildReplicatesAsync(Bench.Best(5) with { LowestIsBest = true });

        Assert.Equal("matcher Order Max → Min, and replicate 1, attempt 2 was made since",
            Assert.Single(Assert.Single(_bench.Events.OfType<BuildEvent.ChoiceChanged>()).Causes));
    }

    [Fact]
    public async Task Is_an_error_of_Exact_and_not_tried_again_until_it_is_there()
    {
        var history = await Collected();
        var wanted = Wants(Select.Exact, history.Runs.Single(r => r.Facts.Replicate == 2).Realization.Short);

        Assert.Contains("LNX2005", await _bench.BuildReplicatesAsync(wanted), StringComparison.Ordinal);
        Assert.Equal(["a#2"], _bench.Ran());
        Assert.Contains("it was collected from the store, and attempt 2 of replicate 2 gave another result",
            await _bench.BuildReplicatesAsync(wanted), StringComparison.Ordinal);

        // Brought from elsewhere.
        _bench.Results.Take([KeyValuePair.Create("result", "20")]);
        Assert.Equal("20", await _bench.BuildReplicatesAsync(wanted));
        Assert.Empty(_bench.Ran());
    }

    [Fact]
    public async Task Which_a_lock_file_pins_is_tried_once_and_stays_pinned()
    {
        await _bench.BuildReplicatesAsync(Bench.Best(5));
        _bench.Lock = LockFile.None("p.lnproj");
        await _bench.BuildReplicatesAsync(Bench.Best(5));
        var pinned = _bench.Lock;
        _bench.Ran();
        _bench.Results.Evict(_bench.Last.Stages["a"].Results[0].Tree, "result");

        var first = await _bench.BuildReplicatesAsync(Bench.Best(5));

        Assert.Equal(("48", "a#5"), (first, Assert.Single(_bench.Ran())));
        Assert.Equal("48", await _bench.BuildReplicatesAsync(Bench.Best(5)));
        Assert.Empty(_bench.Ran());
        Assert.Same(pinned, _bench.Lock);
    }
}

using Lightnix.Explaining;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>A result was collected, with the file that a new promise is about.</summary>
public class A_promise_that_is_added_after_its_file_was_collected
{
    readonly Bench _bench = new();

    void Declare(double? min, Matcher? matcher = null, Execution? execution = null, string command = "a") =>
        _bench.Stage("a", command, m => $"0.{m.Replicate}", matcher: matcher, execution: execution,
            promises: min is null ? [] : [Bench.Promise("result", min)]);

    async Task Collected()
    {
        Declare(null);
        await _bench.BuildAsync();
        _bench.Results.Evict(_bench.Last.Stages["a"].Results[0].Tree);
        _bench.Ran();
    }

    string Said => string.Join('\n', _bench.Events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic.ToString()));

    [Fact]
    public async Task Is_judged_after_the_result_was_made_again()
    {
        await Collected();
        Declare(min: 0);

        Assert.Equal("0.1", _bench.Result(await _bench.BuildAsync(), "a"));

        Assert.Equal(["a#1"], _bench.Ran());
        Assert.Empty(Said);
    }

    [Fact]
    public async Task Is_broken_only_where_the_result_that_was_made_again_breaks_it()
    {
        await Collected();
        Declare(min: 0.5);

        await _bench.BuildAsync();

        Assert.Equal(["a#1"], _bench.Ran());
        Assert.Equal(["LNX2001"], _bench.Errors);
    }

    [Fact]
    public async Task Is_no_broken_promise_where_nothing_may_run()
    {
        await Collected();
        Declare(min: 0, execution: new() { MustExist = true });

        await _bench.BuildAsync();

        Assert.Empty(_bench.Ran());
        Assert.Equal(["LNX2005"], _bench.Errors);
        Assert.Contains("1 cannot be judged: its files were collected from the store", Said, StringComparison.Ordinal);
        Assert.DoesNotContain("breaks", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_foreseen_by_a_plan()
    {
        await Collected();
        Declare(min: 0);

        await _bench.BuildAsync(plan: true);

        Assert.Equal(PlannedAction.Run, Assert.Single(_bench.Events.OfType<BuildEvent.Planned>()).Action);
        Assert.Empty(_bench.Ran());
    }

    [Fact]
    public async Task Leaves_the_choice_to_results_that_are_there()
    {
        Declare(null, new Matcher { AtLeast = 2, AtMost = 2 });
        await _bench.BuildAsync();
        _bench.Results.Evict(_bench.Results.HistoryOf(_bench.Last.Stages["a"].Resolved).Runs.Single(r => r.Facts.Replicate == 1).Tree);
        _bench.Ran();
        Declare(min: 0, new Matcher { AtLeast = 2, AtMost = 2 });

        Assert.Equal("0.2", _bench.Result(await _bench.BuildAsync(), "a"));

        Assert.Empty(_bench.Ran());
    }

    [Fact]
    public async Task Leaves_the_lock_file_that_pins_the_result_as_it_is()
    {
        Declare(null);
        await _bench.BuildAsync();
        _bench.Lock = LockFile.None("p.lnproj");
        await _bench.BuildAsync(again: ["a"]);
        var pinned = _bench.Lock;
        _bench.Results.Evict(_bench.Last.Stages["a"].Results[0].Tree);
        Declare(min: 0, execution: new() { MustExist = true });

        Assert.Equal("0.1", _bench.Result(await _bench.BuildAsync(), "a"));

        Assert.Same(pinned, _bench.Lock);
        Assert.Contains("which was collected from the store; ", Said, StringComparison.Ordinal);
    }
}

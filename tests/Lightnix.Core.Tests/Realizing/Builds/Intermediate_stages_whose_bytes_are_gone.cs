using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>A large stage that two others read. It was built, and its tree was evicted.</summary>
public class Intermediate_stages_whose_bytes_are_gone
{
    readonly Bench _bench = new();

    void Declare(string one = "one", string two = "two", Func<Bench.Making, string?>? big = null)
    {
        _bench.Stage("big", "big", big ?? (_ => "bytes"), execution: new() { IsIntermediate = true });
        _bench.Stage("one", one, m => $"{one} of {m.One("big")}", ["big"]);
        _bench.Stage("two", two, m => $"{two} of {m.One("big")}", ["big"]);
        _bench.Stage("three", "three", m => $"three of {m.One("two")}", ["two"]);
    }

    async Task Evicted()
    {
        Declare();
        await _bench.BuildAsync();
        Assert.Equal(["big#1", "one#1", "three#1", "two#1"], _bench.Ran());
        _bench.Results.Evict(_bench.Last.Stages["big"].Results[0].Tree);
    }

    IEnumerable<string> Reported =>
        _bench.Events.OfType<BuildEvent.Selected>().Select(s => $"{s.Stage}: {s.Ran}").Order(StringComparer.Ordinal);

    IEnumerable<string> Planned =>
        _bench.Events.OfType<BuildEvent.Planned>().Select(p => $"{p.Stage}: {p.Action}").Order(StringComparer.Ordinal);

    [Fact]
    public async Task Are_not_made_again_by_a_build_that_does_not_need_them()
    {
        await Evicted();

        var outcomes = await _bench.BuildAsync();

        Assert.Empty(_bench.Ran());
        Assert.All(outcomes.Values, o => Assert.IsType<StageOutcome.Chosen>(o));
        Assert.Equal(["big: 0", "one: 0", "three: 0", "two: 0"], Reported);
    }

    [Fact]
    public async Task Are_made_again_as_another_attempt_where_a_reader_runs()
    {
        await Evicted();
        Declare(one: "one more");

        var outcomes = await _bench.BuildAsync();

        Assert.Equal(["big#1", "one#1"], _bench.Ran());
        Assert.Equal("one more of bytes", _bench.Result(outcomes, "one"));
        Assert.Equal([1, 2], _bench.Results.HistoryOf(_bench.Last.Stages["big"].Resolved).Runs.Select(r => r.Facts.Attempt));
        Assert.Empty(_bench.Events.OfType<BuildEvent.Diagnosed>());
        Assert.Equal(["big: 1", "one: 1", "three: 0", "two: 0"], Reported);
    }

    [Fact]
    public async Task Open_all_their_readers_where_they_come_out_otherwise()
    {
        await Evicted();
        Declare(one: "one more", big: m => m.Attempt == 1 ? "bytes" : "others");

        var outcomes = await _bench.BuildAsync();

        Assert.Equal(["big#1", "one#1", "three#1", "two#1"], _bench.Ran());
        Assert.Equal("one more of others", _bench.Result(outcomes, "one"));
        Assert.Equal("three of two of others", _bench.Result(outcomes, "three"));
        var warning = Assert.Single(_bench.Events.OfType<BuildEvent.Diagnosed>()).Diagnostic;
        Assert.Equal(("LNX2019", Severity.Warning), (warning.Code, warning.Severity));

        await _bench.BuildAsync();
        Assert.Empty(_bench.Ran());
    }

    [Fact]
    public async Task Are_made_again_by_way_of_others_that_are_gone_too()
    {
        _bench.Stage("raw", "raw", _ => "raw", execution: new() { IsIntermediate = true });
        _bench.Stage("big", "big", m => $"big of {m.One("raw")}", ["raw"], execution: new() { IsIntermediate = true });
        _bench.Stage("one", "one", m => m.One("big"), ["big"]);
        await _bench.BuildAsync();
        _bench.Results.Evict(_bench.Last.Stages["raw"].Results[0].Tree);
        _bench.Results.Evict(_bench.Last.Stages["big"].Results[0].Tree);
        _bench.Ran();
        _bench.Stage("one", "one more", m => m.One("big"), ["big"]);

        var outcomes = await _bench.BuildAsync();

        Assert.Equal(["big#1", "one#1", "raw#1"], _bench.Ran());
        Assert.Equal("big of raw", _bench.Result(outcomes, "one"));
    }

    [Fact]
    public async Task Are_made_again_together_where_a_reader_reads_several()
    {
        void Declare(string command)
        {
            foreach (var name in new[] { "a", "b", "c", "d", "e" })
                _bench.Stage(name, name, _ => name, execution: new() { IsIntermediate = true });
            _bench.Stage("sum", command, m => string.Concat(m.Inputs.Values.SelectMany(v => v)), ["a", "b", "c", "d", "e"]);
        }

        Declare("sum");
        await _bench.BuildAsync();
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
            _bench.Results.Evict(_bench.Last.Stages[name].Results[0].Tree);
        _bench.Ran();
        Declare("sum more");

        Assert.Equal("abcde", _bench.Result(await _bench.BuildAsync(), "sum"));

        Assert.Equal(["a#1", "b#1", "c#1", "d#1", "e#1", "sum#1"], _bench.Ran());
    }

    [Fact]
    public async Task Are_foreseen_by_a_plan_once_each()
    {
        await Evicted();
        Declare(one: "one more");

        await _bench.BuildAsync(plan: true);
        Assert.Equal(["big: Run", "one: Run", "three: Reuse", "two: Reuse"], Planned);

        Declare();
        await _bench.BuildAsync(plan: true);
        Assert.Equal(["big: Reuse", "one: Reuse", "three: Reuse", "two: Reuse"], Planned);
        Assert.Empty(_bench.Ran());
    }

    [Fact]
    public async Task Fail_a_reader_that_needs_them_where_they_may_not_run()
    {
        await Evicted();
        Declare(one: "one more");
        _bench.Stage("big", "big", _ => "bytes", execution: new() { IsIntermediate = true, MustExist = true });

        await _bench.BuildAsync();

        Assert.Empty(_bench.Ran());
        Assert.Equal(["LNX2009"], _bench.Errors);
    }

    [Fact]
    public async Task Satisfy_a_lock_file()
    {
        _bench.Lock = LockFile.None("p.lnproj");
        await Evicted();

        var outcomes = await _bench.BuildAsync(locked: true);

        Assert.All(outcomes.Values, o => Assert.IsType<StageOutcome.Chosen>(o));
        Assert.Empty(_bench.Errors);
    }

    [Fact]
    public async Task Are_evicted_by_a_running_build_while_a_reader_waits_for_them()
    {
        Declare();
        await _bench.BuildAsync();
        _bench.Ran();
        var tree = _bench.Last.Stages["big"].Results[0].Tree;
        // Evicted after the stage was chosen, and before a run of its reader begins.
        _bench.Stage("gate", "gate", _ =>
        {
            _bench.Results.Evict(tree);
            return "open ";
        });
        _bench.Stage("late", "late", m => m.One("gate") + m.One("big"), ["gate", "big"]);

        Assert.Equal("open bytes", _bench.Result(await _bench.BuildAsync(), "late"));

        Assert.Equal(["big#1", "gate#1", "late#1"], _bench.Ran());
    }
}

using System.Diagnostics;

namespace Lightnix.Building;

/// <summary>Time limits, cancellation, and what is left behind.</summary>
[Trait("Speed", "Slow")]
public sealed class Ending : IDisposable
{
    /// <summary>Far less than the sleeps last, and enough for a busy machine.</summary>
    static readonly TimeSpan Seconds = TimeSpan.FromSeconds(60);

    readonly BuilderBench _bench = new();
    readonly Stopwatch _watch = Stopwatch.StartNew();

    public void Dispose() => _bench.Dispose();

    /// <summary>Dead parents' children are buried by init, in its own time.</summary>
    Task AssertNoneLeft() => Eventually.Is(() => !_bench.Alive().Any(), "somebody was left");

    [LinuxFact]
    public async Task Time_limit_ends_it_with_its_grandchildren()
    {
        _bench.TimeLimit = TimeSpan.FromSeconds(2);
        Assert.Equal(new BuildOutcome.TimedOut(_bench.TimeLimit.Value),
            await _bench.Sh("echo started; sh -c 'sleep 100 & sleep 100' & sleep 100"));
        await AssertNoneLeft();
        Assert.True(_watch.Elapsed < Seconds, $"took {_watch.Elapsed}");
        Assert.Equal("started\n", _bench.Log);
    }

    [LinuxFact]
    public async Task Those_in_sessions_and_groups_of_their_own_end_too()
    {
        _bench.TimeLimit = TimeSpan.FromMilliseconds(300);
        Assert.IsType<BuildOutcome.TimedOut>(await _bench.Sh("setsid sh -c 'sleep 100 & sleep 101' & timeout 100 sleep 102 & sleep 103"));
        await AssertNoneLeft();
    }

    [LinuxFact]
    public async Task One_of_another_session_whose_parent_has_gone_ends_too()
    {
        _bench.TimeLimit = TimeSpan.FromMilliseconds(500);
        Assert.IsType<BuildOutcome.TimedOut>(await _bench.Sh("setsid sh -c 'sleep 100 & exit'; sleep 101"));
        await AssertNoneLeft();
    }

    [LinuxFact]
    public async Task Children_that_do_not_listen_or_are_stopped_are_forced()
    {
        _bench.TimeLimit = TimeSpan.FromMilliseconds(500);
        Assert.IsType<BuildOutcome.TimedOut>(
            await _bench.Sh("sh -c 'trap \"\" TERM; while :; do sleep 0.05; done' & sh -c 'kill -STOP $$' & wait"));
        await AssertNoneLeft();
        Assert.True(_watch.Elapsed < Seconds, $"took {_watch.Elapsed}");
    }

    [LinuxFact]
    public async Task Those_that_do_not_listen_are_forced()
    {
        _bench.TimeLimit = TimeSpan.FromMilliseconds(300);
        Assert.IsType<BuildOutcome.TimedOut>(await _bench.Sh("trap '' TERM; while :; do sleep 0.05; done"));
        await AssertNoneLeft();
        Assert.True(_watch.Elapsed < Seconds, $"took {_watch.Elapsed}");
    }

    [LinuxFact]
    public async Task They_may_tidy_up()
    {
        _bench.TimeLimit = TimeSpan.FromSeconds(2);
        Assert.IsType<BuildOutcome.TimedOut>(await _bench.Sh("trap 'echo tidy; exit 0' TERM; while :; do sleep 0.05; done"));
        Assert.EndsWith("tidy\n", _bench.Log, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Stopped_processes_end_too()
    {
        _bench.TimeLimit = TimeSpan.FromMilliseconds(300);
        Assert.IsType<BuildOutcome.TimedOut>(await _bench.Sh("kill -STOP $$"));
        await AssertNoneLeft();
    }

    [LinuxFact]
    public async Task Cancellation_leaves_no_process()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Sh("sleep 100 & sleep 100", cancel.Token));
        await AssertNoneLeft();
        Assert.True(_watch.Elapsed < Seconds, $"took {_watch.Elapsed}");
    }

    [LinuxFact]
    public async Task Cancelled_before_it_starts_runs_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Sh("touch out/ran", new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFiles(_bench.Out));
    }

    [LinuxFact]
    public async Task Limits_longer_than_a_timer_can_count_are_none()
    {
        _bench.TimeLimit = TimeSpan.FromDays(1000);
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("true"));
    }

    [LinuxFact]
    public async Task A_child_that_keeps_the_log_open_does_not_hold_the_build_and_is_reported()
    {
        var failed = Assert.IsType<BuildOutcome.Failed>(await _bench.Sh("sleep 100 & echo done"));
        Assert.Equal(0, failed.ExitCode);
        Assert.Matches(@"^sleep \(\d+\)$", Assert.Single(failed.LeftBehind.Names));
        await AssertNoneLeft();
        Assert.True(_watch.Elapsed < Seconds, $"took {_watch.Elapsed}");
        Assert.Equal("done\n", _bench.Log);
    }

    [LinuxFact]
    public async Task Many_left_behind_are_counted_and_not_all_named()
    {
        var failed = Assert.IsType<BuildOutcome.Failed>(
            await _bench.Sh("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do sleep 100 & done"));
        Assert.Equal("25 processes", failed.LeftBehind.Counted);
        Assert.Equal(20, failed.LeftBehind.Listed.Split("sleep (").Length - 1);
        Assert.EndsWith(") and 5 more", failed.LeftBehind.Listed, StringComparison.Ordinal);
        await AssertNoneLeft();
    }

    [LinuxFact]
    public async Task A_child_left_by_a_builder_that_failed_ends_too()
    {
        Assert.Equal(3, Assert.IsType<BuildOutcome.Failed>(await _bench.Sh("sleep 100 & exit 3")).ExitCode);
        await AssertNoneLeft();
    }

    [LinuxFact]
    public async Task Many_at_once_end_each_with_its_own_code()
    {
        using var benches = new Many(40);
        var outcomes = await Task.WhenAll(benches.All.Select((b, i) => b.Sh($"echo {i}; exit {i}")));
        for (var i = 0; i < outcomes.Length; i++)
        {
            Assert.Equal(i, outcomes[i] is BuildOutcome.Failed failed ? failed.ExitCode : 0);
            Assert.Equal($"{i}\n", benches.All[i].Log);
        }
    }

    sealed class Many(int count) : IDisposable
    {
        public List<BuilderBench> All { get; } = [.. Enumerable.Range(0, count).Select(_ => new BuilderBench())];

        public void Dispose() => All.ForEach(b => b.Dispose());
    }
}

using System.Collections.Concurrent;

namespace Lightnix.Running;

public sealed class A_run_that_takes_long
{
    [Fact]
    public async Task Is_reported_after_10_s_30_s_1_min_5_min_and_then_every_10_min()
    {
        var time = new SteppedTime();
        var moments = new ConcurrentQueue<double>();
        var work = new TaskCompletionSource<int>();
        var pulse = new Pulse(time, (elapsed, _) => moments.Enqueue(elapsed.TotalSeconds)).DuringAsync(work.Task, CancellationToken.None);

        for (var moment = 0; moment < 7; moment++)
            await time.FireAsync();
        await Eventually.Is(() => moments.Count == 7, "the last moment was not reported");
        work.SetResult(1);

        Assert.Equal(1, await pulse);
        Assert.Equal([10, 30, 60, 300, 600, 1200, 1800], moments);
    }

    [Fact]
    public async Task Does_not_count_a_pause()
    {
        var time = new SteppedTime();
        var moments = new ConcurrentQueue<(double, bool)>();
        var work = new TaskCompletionSource<int>();
        var pulse = new Pulse(time, (elapsed, isPaused) => moments.Enqueue((elapsed.TotalSeconds, isPaused)));
        pulse.Pause();
        var during = pulse.DuringAsync(work.Task, CancellationToken.None);
        await time.FireAsync();
        await Eventually.Is(() => moments.Count == 1, "the pause was not reported");

        pulse.Resume();
        await time.FireAsync();
        await time.FireAsync();
        await Eventually.Is(() => moments.Count == 3, "the run was not reported");
        work.SetResult(1);
        await during;

        Assert.Equal([(10, true), (20, false), (30, false)], moments);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 30)]
    [InlineData(45, 60)]
    [InlineData(299, 300)]
    [InlineData(300, 600)]
    [InlineData(7200, 7800)]
    public void Is_next_reported_at_a_fixed_moment(int elapsed, int next) =>
        Assert.Equal(TimeSpan.FromSeconds(next), Pace.After(TimeSpan.FromSeconds(elapsed)));

    /// <summary>A time that passes only from timer to timer.</summary>
    sealed class SteppedTime : TimeProvider
    {
        readonly ConcurrentQueue<(TimerCallback Callback, object? State, TimeSpan Due)> _timers = new();
        long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Enqueue((callback, state, dueTime));
            return new NoTimer();
        }

        /// <summary>Waits for the next timer, and lets its time pass.</summary>
        public async Task FireAsync()
        {
            await Eventually.Is(() => !_timers.IsEmpty, "nothing waits");
            Assert.True(_timers.TryDequeue(out var timer));
            Interlocked.Add(ref _now, timer.Due.Ticks);
            timer.Callback(timer.State);
        }

        sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}

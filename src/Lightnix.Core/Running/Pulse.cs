namespace Lightnix.Running;

/// <summary>Reports now and then that a run goes on. Its time begins when it is made.</summary>
/// <param name="report">Given the time that the run has taken, and true during a pause.</param>
sealed class Pulse(TimeProvider time, Action<TimeSpan, bool> report)
{
    readonly Lock _lock = new();
    long _start = time.GetTimestamp();
    long? _pause;
    TimeSpan _next = Pace.After(TimeSpan.Zero);

    /// <summary>What follows is no part of the run. It is reported all the same.</summary>
    public void Pause()
    {
        lock (_lock)
            _pause = time.GetTimestamp();
    }

    /// <summary>The run goes on, with the time that it had taken before the pause.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _start += time.GetTimestamp() - (_pause ?? time.GetTimestamp());
            _pause = null;
            _next = Pace.After(time.GetElapsedTime(_start));
        }
    }

    /// <summary>Waits for a part of the run. The parts of a run come one after the other.</summary>
    public async Task<T> DuringAsync<T>(Task<T> work, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(work, Task.Delay(Left, time, stop.Token)).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            if (!work.IsCompleted && !cancellationToken.IsCancellationRequested && Due() is var (elapsed, isPaused))
                report(elapsed, isPaused);
        }
        return await work.ConfigureAwait(false);
    }

    // A delay that a pause made too short is followed by another one.
    TimeSpan Left
    {
        get
        {
            lock (_lock)
            {
                var left = _next - time.GetElapsedTime(_start);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    (TimeSpan Elapsed, bool IsPaused)? Due()
    {
        lock (_lock)
        {
            var elapsed = time.GetElapsedTime(_start);
            if (elapsed < _next)
                return null;
            _next = Pace.After(elapsed);
            return (elapsed, _pause is not null);
        }
    }
}

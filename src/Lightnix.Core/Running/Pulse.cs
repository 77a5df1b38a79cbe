namespace Lightnix.Running;

/// <summary>Reports now and then that a run goes on. Its time begins when it is made.</summary>
/// <param name="report">Given the time that the run has taken.</param>
sealed class Pulse(TimeProvider time, Action<TimeSpan> report)
{
    readonly long _start = time.GetTimestamp();
    TimeSpan _next = Pace.After(TimeSpan.Zero);

    /// <summary>Waits for a part of the run. The parts of a run come one after the other.</summary>
    public async Task<T> DuringAsync<T>(Task<T> work, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var left = _next - time.GetElapsedTime(_start);
            await Task.WhenAny(work, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, stop.Token)).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            var elapsed = time.GetElapsedTime(_start);
            if (work.IsCompleted || cancellationToken.IsCancellationRequested || elapsed < _next)
                continue;
            _next = Pace.After(elapsed);
            report(elapsed);
        }
        return await work.ConfigureAwait(false);
    }
}

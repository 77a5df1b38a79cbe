using System.Diagnostics;

namespace Lightnix.Building;

/// <summary>Runs one process to its end, and leaves none of its children behind.</summary>
static class ProcessRunner
{
    /// <summary>Time in which the last process of a pipeline, as in <c>&gt; &gt;(tee log)</c>, may end after the builder.</summary>
    static readonly TimeSpan Afterglow = TimeSpan.FromSeconds(1);

    /// <summary>How a process ended.</summary>
    /// <param name="LeftBehind">Processes that were ended after it.</param>
    public readonly record struct Ended(ExitStatus Status, bool TimedOut, ImmutableArray<string> LeftBehind)
    {
        /// <summary>The end of its output, where the log file could not take it; else null.</summary>
        public string? Unlogged { get; init; }

        /// <summary>Number of others beside <see cref="LeftBehind"/>.</summary>
        public int MoreLeftBehind { get; init; }

        public TimeSpan Took { get; init; }
    }

    /// <exception cref="StartException">It could not be started.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and has ended with all its children.</exception>
    public static async Task<Ended> RunAsync(ProcessCommand command, TimeSpan? limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using (File.Open(command.LogFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
        }
        var child = await SystemTraits.StartAsync(command).ConfigureAwait(false);
        return await WatchAsync(child, limit, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<Ended> WatchAsync(IChild child, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var inTime = await ExitsAsync(child, limit, cancellationToken).ConfigureAwait(false);
        var left = inTime ? await LeftBehindAsync(child).ConfigureAwait(false) : [];
        if (!inTime || left.Length > 0)
            await child.EndAsync(ProcessFamily.Grace).ConfigureAwait(false);
        // A process that SIGKILL does not end, as in the driver of a dead disk, is not awaited.
        var status = child.Exited.IsCompleted
            || await Task.WhenAny(child.Exited, Task.Delay(ProcessFamily.Grace, CancellationToken.None))
            .ConfigureAwait(false) == child.Exited
            ? child.Collect()
            : ExitStatus.Unknown;
        var unlogged = await child.FinishLogAsync(Afterglow).ConfigureAwait(false);
        if (!inTime)
            cancellationToken.ThrowIfCancellationRequested();
        return new(status, TimedOut: !inTime, left) { Unlogged = unlogged, Took = clock.Elapsed };
    }

    static async Task<bool> ExitsAsync(IChild child, TimeSpan? limit, CancellationToken cancellationToken)
    {
        try
        {
            // A timer counts no longer limits (49 days).
            await (limit is { } some && some.TotalMilliseconds < uint.MaxValue - 1
                ? child.Exited.WaitAsync(some, cancellationToken)
                : child.Exited.WaitAsync(cancellationToken)).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return child.Exited.IsCompleted;
        }
    }

    static async Task<ImmutableArray<string>> LeftBehindAsync(IChild child)
    {
        var pause = TimeSpan.FromMilliseconds(2);
        var others = child.Others();
        for (var waited = TimeSpan.Zero; others.Length > 0 && waited < Afterglow; waited += pause, pause *= 1.5)
        {
            await Task.Delay(pause).ConfigureAwait(false);
            others = child.Others();
        }
        return others;
    }
}

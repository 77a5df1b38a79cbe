using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Counts the runs of a build that wait for cores, and shows the number in the note of the run that began last.</summary>
sealed class RunQueue(TimeProvider time)
{
    // Thousands of runs may begin to wait at once: the number is noted when all of them do.
    static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(300);

    int _count;
    int _noting;
    ActivityNote? _newest;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Waits for what a run needs.</summary>
    public async Task<IGrant> WaitAsync(Task<IGrant> admission)
    {
        if (admission.IsCompleted)
            return await admission.ConfigureAwait(false);
        Interlocked.Increment(ref _count);
        try
        {
            if (Interlocked.Exchange(ref _noting, 1) == 0)
                _ = NoteAsync();
            return await admission.ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>A run has begun; its note has the number of now.</summary>
    public void Began(ActivityNote note) => Volatile.Write(ref _newest, note);

    async Task NoteAsync()
    {
        await Task.Delay(Delay, time).ConfigureAwait(false);
        Volatile.Write(ref _noting, 0);
        Volatile.Read(ref _newest)?.Change(a => a with { Queued = Count });
    }
}

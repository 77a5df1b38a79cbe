namespace Lightnix.Running;

/// <summary>The cores of a build. Runs take some and return them, in the order in which they ask.</summary>
sealed class Admission(int cores)
{
    readonly Lock _lock = new();
    readonly LinkedList<(int Wanted, TaskCompletionSource Ready)> _queue = new();
    int _free = Math.Max(1, cores);

    int Count { get; } = Math.Max(1, cores);

    /// <summary>Waits for cores; more than there are count as all.</summary>
    public async Task<IGrant> TakeAsync(int wanted, CancellationToken cancellationToken)
    {
        wanted = Math.Clamp(wanted, 1, Count);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<(int, TaskCompletionSource)> place;
        lock (_lock)
        {
            place = _queue.AddLast((wanted, ready));
            Serve();
        }
        using (cancellationToken.Register(() => Leave(place, cancellationToken)))
            await ready.Task.ConfigureAwait(false);
        return new Taken(this, wanted);
    }

    void Leave(LinkedListNode<(int Wanted, TaskCompletionSource Ready)> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!place.Value.Ready.TrySetCanceled(cancellationToken))
                return;
            _queue.Remove(place);
            Serve();
        }
    }

    void Return(int taken)
    {
        lock (_lock)
        {
            _free += taken;
            Serve();
        }
    }

    void Serve()
    {
        while (_queue.First is { } first && first.Value.Wanted <= _free && first.Value.Ready.TrySetResult())
        {
            _free -= first.Value.Wanted;
            _queue.RemoveFirst();
        }
    }

    sealed class Taken(Admission admission, int cores) : IGrant
    {
        int _returned;

        public int Cores => cores;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
                admission.Return(cores);
        }
    }
}

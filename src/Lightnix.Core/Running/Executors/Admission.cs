namespace Lightnix.Running;

/// <summary>The cores of a build. Runs take some and return them, in the order in which they ask.</summary>
/// <param name="cores">0 or less: as many as the machine has.</param>
/// <param name="most">Runs at once, whatever they take; 0: as many as the cores allow.</param>
sealed class Admission(int cores, int most = 0)
{
    readonly Lock _lock = new();
    readonly LinkedList<(int Wanted, TaskCompletionSource Ready)> _queue = new();
    int _free = CountOf(cores);
    int _places = most > 0 ? most : int.MaxValue;

    int Count { get; } = CountOf(cores);

    static int CountOf(int cores) => cores > 0 ? cores : Environment.ProcessorCount;

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
            _places++;
            Serve();
        }
    }

    void Serve()
    {
        while (_queue.First is { } first && _places > 0 && first.Value.Wanted <= _free && first.Value.Ready.TrySetResult())
        {
            _free -= first.Value.Wanted;
            _places--;
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

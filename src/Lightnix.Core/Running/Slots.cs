namespace Lightnix.Running;

/// <summary>The cores of a build: runs take some and give them back; who asks first is served first.</summary>
public sealed class Slots(int count)
{
    readonly Lock _lock = new();
    readonly LinkedList<(int Wanted, TaskCompletionSource Ready)> _queue = new();
    int _free = Math.Max(1, count);

    public int Count { get; } = Math.Max(1, count);

    /// <summary>Waits for cores; more than there are count as all.</summary>
    /// <returns>Gives them back when disposed.</returns>
    public async Task<IDisposable> TakeAsync(int wanted, CancellationToken cancellationToken)
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

    void GiveBack(int taken)
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

    sealed class Taken(Slots slots, int taken) : IDisposable
    {
        int _taken = taken;

        public void Dispose()
        {
            var taken = Interlocked.Exchange(ref _taken, 0);
            if (taken > 0)
                slots.GiveBack(taken);
        }
    }
}

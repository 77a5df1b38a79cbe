namespace Lightnix.Storage;

/// <summary>Kernel locks, released by the death of their holder.</summary>
public sealed class LockStore
{
    /// <summary>Waits for the lock on one run of a resolved derivation.</summary>
    /// <param name="purpose">What the holder does, as <c>model, replicate 2, process 4711 on host</c>: those who wait say it.</param>
    /// <param name="waiting">Called once with the holder's purpose when the lock is not free.</param>
    public Task<IDisposable> AcquireAsync(string name, string purpose, Action<string> waiting, CancellationToken cancellationToken) => throw new NotImplementedException();
}

namespace Lightnix.Storage;

/// <summary>Kernel locks, released by the death of their holder.</summary>
public sealed class LockStore
{
    // Short at first, and soon long enough that hours of waiting cost nothing.
    static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);
    readonly StoreLayout _layout;

    internal LockStore(StoreLayout layout) => _layout = layout;

    /// <summary>Locks of a project, for where the store can have none.</summary>
    /// <param name="folder">For files that can be made again; the locks are below it.</param>
    public static LockStore Of(string folder)
    {
        var layout = new StoreLayout(folder);
        Directory.CreateDirectory(layout.Locks);
        return new(layout);
    }

    /// <summary>The name of the lock that is held while a run is made.</summary>
    public static string OfRun(Reference<Resolved> resolved, int replicate, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{resolved}-{replicate}-{attempt}");

    /// <summary>Waits for the lock on one run of a resolved derivation. Different names never wait for each other.</summary>
    /// <param name="purpose">What the holder does, as <c>model, replicate 2, process 4711 on host</c>: waiting processes report it.</param>
    /// <param name="waiting">Called once with the holder's purpose when the lock is not free.</param>
    /// <exception cref="StoreException">LNX3002: the file system cannot lock; LNX3003: the store may not be written to.</exception>
    public async Task<IDisposable> AcquireAsync(string name, string purpose, Action<string> waiting, CancellationToken cancellationToken)
    {
        var path = _layout.LockOf(name);
        var reported = false;
        for (var pause = First; ; pause = pause * 1.5 < Longest ? pause * 1.5 : Longest)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryAcquire(path) is { } held)
            {
                held.Announce(purpose);
                return held;
            }
            // A holder who has said nothing yet gets a moment to do so.
            var holder = KernelLock.Holder(path);
            if (!reported && (holder is not null || pause > First))
            {
                reported = true;
                waiting(holder ?? "another process");
            }
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    KernelLock? TryAcquire(string path)
    {
        try
        {
            return KernelLock.TryAcquire(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageErrors.Inaccessible(_layout.Folder, "written", e);
        }
    }
}

namespace Lightnix.Building;

/// <summary>Waits for the lock of a name, which one process has at a time and which ends with its holder. Disposing releases it.</summary>
/// <param name="purpose">The purpose of the holder, shown to processes that wait.</param>
/// <param name="waiting">Called once, with the holder's purpose, when the lock is not free.</param>
public delegate Task<IDisposable> TakeLock(string name, string purpose, Action<string> waiting, CancellationToken cancellationToken);

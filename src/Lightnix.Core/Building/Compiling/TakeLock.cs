namespace Lightnix.Building;

/// <summary>
/// Waits for the lock of a name, which no two have at once, whatever processes they are in, and which ends with its holder. Disposing gives
/// it back.
/// </summary>
/// <param name="purpose">What the holder does, for those who wait.</param>
/// <param name="waiting">Called once, with the holder's purpose, when the lock is not free.</param>
public delegate Task<IDisposable> TakeLock(string name, string purpose, Action<string> waiting, CancellationToken cancellationToken);

namespace Lightnix.Running;

/// <summary>Counts the runs of one resolved derivation that failed in a build. After two failures no other run is started, as long as none
/// has ever completed: the builder is wrong, and more seeds do not help.</summary>
public sealed class FailureLimit
{
    const int Enough = 2;

    int _failed;

    /// <summary>Counts a failed run, before the cores of that run go to the next one.</summary>
    public void Count() => Interlocked.Increment(ref _failed);

    /// <summary>True if no other run is worth starting.</summary>
    /// <param name="history">Of the resolved derivation, now.</param>
    public bool Stops(History history) => Volatile.Read(ref _failed) >= Enough && history.Runs.IsEmpty;
}

namespace Lightnix.Running;

/// <summary>Resources that an executor keeps for a run, until they are disposed.</summary>
public interface IGrant : IDisposable
{
    /// <summary>At least one, and no more than were wanted.</summary>
    int Cores { get; }
}

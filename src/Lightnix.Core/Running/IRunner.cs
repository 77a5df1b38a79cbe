namespace Lightnix.Running;

/// <summary>Makes one run, from an empty folder to a record in the store.</summary>
public interface IRunner
{
    /// <summary>Makes the run, or finds the record of another process that made it meanwhile.</summary>
    Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken);
}

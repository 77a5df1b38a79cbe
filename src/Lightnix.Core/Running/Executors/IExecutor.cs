using Lightnix.Building;

namespace Lightnix.Running;

/// <summary>Executes prepared runs, in this process or elsewhere.</summary>
public interface IExecutor
{
    /// <summary>Waits for resources. A run that wants more than there are gets all.</summary>
    Task<IGrant> AdmitAsync(Resources need, CancellationToken cancellationToken);

    /// <summary>Starts a run. It goes on until it ends or is cancelled, whether somebody waits for it or not.</summary>
    Task<Submission> SubmitAsync(PreparedRun run, CancellationToken cancellationToken);

    /// <summary>Waits for the end of a run.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, and the run was not.</exception>
    Task<BuildOutcome> WaitAsync(Submission submission, CancellationToken cancellationToken);

    /// <summary>Ends a run with all its processes, and returns when they have ended.</summary>
    Task CancelAsync(Submission submission);
}

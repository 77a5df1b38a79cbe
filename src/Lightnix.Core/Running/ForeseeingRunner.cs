namespace Lightnix.Running;

/// <summary>Makes no run, in plans.</summary>
public sealed class ForeseeingRunner : IRunner
{
    /// <inheritdoc/>
    public Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken) =>
        Task.FromResult<RunOutcome>(new RunOutcome.WouldRun());
}

namespace Lightnix.Running;

/// <summary>Makes no run, for builds that may only answer from what is there.</summary>
public sealed class NoRunner : IRunner
{
    /// <inheritdoc/>
    public Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken) =>
        Task.FromResult<RunOutcome>(new RunOutcome.Failed(RunErrors.MayNotRun(order.Stage.Name, order.Stage.Item, order.Reason)));
}

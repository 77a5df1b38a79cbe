namespace Lightnix.Running;

/// <summary>Makes no run, in builds that may not run a stage or cannot store its result.</summary>
/// <param name="refuse">Returns the reason as an error at the stage.</param>
public sealed class RefusingRunner(Func<RunOrder, Diagnostic> refuse) : IRunner
{
    /// <inheritdoc/>
    public Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken) =>
        Task.FromResult<RunOutcome>(new RunOutcome.Failed(refuse(order)));
}

using System.Collections.Concurrent;
using Lightnix.Building;

namespace Lightnix.Running;

/// <summary>Takes runs over and starts nothing: a test ends them, as a machine elsewhere would.</summary>
sealed class DetachingExecutor : IExecutor
{
    readonly ConcurrentDictionary<Submission, TaskCompletionSource<BuildOutcome>> _ends = [];

    public ConcurrentQueue<PreparedRun> Submitted { get; } = [];

    public ConcurrentQueue<string> Cancelled { get; } = [];

    public Task<IGrant> AdmitAsync(Resources need, CancellationToken cancellationToken) => Task.FromResult<IGrant>(new Grant(need.Cores));

    public Task<Submission> SubmitAsync(PreparedRun run, CancellationToken cancellationToken)
    {
        var submission = new Submission(run.Draft.Facts.Nonce);
        _ends[submission] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Submitted.Enqueue(run);
        return Task.FromResult(submission);
    }

    public Task<BuildOutcome> WaitAsync(Submission submission, CancellationToken cancellationToken) =>
        _ends[submission].Task.WaitAsync(cancellationToken);

    public Task CancelAsync(Submission submission)
    {
        Cancelled.Enqueue(submission.Name);
        return Task.CompletedTask;
    }

    public void End(PreparedRun run, BuildOutcome outcome) => _ends[new(run.Draft.Facts.Nonce)].SetResult(outcome);

    sealed record Grant(int Cores) : IGrant
    {
        public void Dispose()
        {
        }
    }
}

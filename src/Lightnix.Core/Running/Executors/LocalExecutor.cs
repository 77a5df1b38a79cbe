using System.Collections.Concurrent;
using Lightnix.Building;

namespace Lightnix.Running;

/// <summary>Executes runs as processes of this machine. They end with this process.</summary>
sealed class LocalExecutor(BuilderProcesses processes, Admission admission, Action<BuildEvent> report) : IExecutor
{
    readonly ConcurrentDictionary<Submission, Started> _started = [];
    int _count;

    public async Task<IGrant> AdmitAsync(Resources need, CancellationToken cancellationToken) =>
        await admission.TakeAsync(need.Cores, cancellationToken).ConfigureAwait(false);

    public Task<Submission> SubmitAsync(PreparedRun run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stage = run.Draft.Order.Stage.Name;
        var request = new BuildRequest
        {
            Recipe = run.Recipe,
            WorkingFolder = run.WorkingFolder,
            LogFile = run.LogFile,
            Mounts = run.Mounts,
            Waiting = holder => report(new BuildEvent.Waiting(stage, holder, "compiles the same script")),
            Compiling = run.Compiling,
            Compiled = run.Compiled,
            Notice = text => report(new BuildEvent.Hint(stage, text)),
        };
        var submission = new Submission(Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture));
        var stop = new CancellationTokenSource();
        _started[submission] = new(processes.RunAsync(request, stop.Token), stop);
        return Task.FromResult(submission);
    }

    public async Task<BuildOutcome> WaitAsync(Submission submission, CancellationToken cancellationToken)
    {
        var ended = _started[submission].Ended;
        try
        {
            return await ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (ended.IsCompleted)
                Forget(submission);
        }
    }

    public async Task CancelAsync(Submission submission)
    {
        if (!_started.TryGetValue(submission, out var started))
            return;
        await started.Stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(started.Ended).ConfigureAwait(false);
        Forget(submission);
    }

    void Forget(Submission submission)
    {
        if (_started.TryRemove(submission, out var started))
            started.Stop.Dispose();
    }

    sealed record Started(Task<BuildOutcome> Ended, CancellationTokenSource Stop);
}

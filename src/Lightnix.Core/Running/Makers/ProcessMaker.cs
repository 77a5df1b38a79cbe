using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Runs a command, script or program: prepares its working folder, executes it, and takes its result.</summary>
sealed class ProcessMaker(Store store, IExecutor executor, SandboxChoice sandbox, RunSettings settings) : IMaker
{
    readonly Preparation _preparation = new(store, settings.KeepSources);
    readonly ProcessFailure _failure = new(store.Folder, settings.ProjectFolder);
    int _missingReported;

    public async Task<Output> MakeAsync(OngoingRun run, CancellationToken cancellationToken)
    {
        var workspace = run.Workspace;
        _preparation.PlaceSources(run);
        var state = await SandboxAsync(run, cancellationToken).ConfigureAwait(false);
        if (state.IsUndecided)
            return new Output.Failed(null, "it is not known whether there is a sandbox",
                _ => RunErrors.UndecidedSandbox(run.Stage, state.Missing));
        var prepared = _preparation.Prepare(run, sandboxed: state.Name is not null);
        run.Facts = run.Facts with { Sandbox = state.Name ?? run.Facts.Sandbox };
        if (run.Stage.Execution.Checkpoint)
            TakeCheckpoint(run);
        var tries = new Tries(run.Stage.Execution.Retries);
        while (true)
        {
            var executing = ExecuteAsync(
                prepared with { Mounts = workspace.Mounts, Compiling = run.BeginCompilation, Compiled = run.EndCompilation },
                    cancellationToken);
            var outcome = await run.WithPulseAsync(executing, cancellationToken).ConfigureAwait(false);
            workspace.Reclaim();
            run.Facts = run.Facts with
            {
                // The record's times are the builder's. A script is compiled once, for all runs of all stages.
                Start = run.Facts.Start + outcome.Compiling,
                Retries = tries.Failed,
                Programs =
                outcome.Programs.ToImmutableSortedDictionary(Utf8Order.Instance)
            };
            if (outcome is BuildOutcome.Completed)
                return await run.TakeAsync(c => store.Trees.Take(workspace.FinishedOut(), c), outcome.Took, null, cancellationToken)
                    .ConfigureAwait(false);
            if (!tries.MayTryAgain)
                return _failure.Of(run, outcome, tries) with
                {
                    HasProgressed = outcome is BuildOutcome.TimedOut && workspace.CheckpointHasChanged,
                };
            run.Report(new BuildEvent.Retried(run.Stage.Name, run.Order.Next.Replicate, run.Order.Next.Attempt, tries.Current,
                outcome.Reason));
            var note = $"lightnix: {tries.Current} failed: {outcome.Reason}";
            tries.Add(outcome.Reason, ProcessFailure.Tail(outcome, workspace, Tries.TailLines));
            workspace.Reset(note);
        }
    }

    void TakeCheckpoint(OngoingRun run)
    {
        var (former, next, facts) = (run.Draft.Former, run.Order.Next, run.Facts);
        run.Workspace.TakeCheckpoint(store.Checkpoints, former,
            new(facts.Resolved, next.Replicate, next.Attempt, facts.Seed!.Value, run.Stage.Name.ToString())
            {
                Tries = (former?.Tries ?? 0) + 1,
                Former = former?.DurationAt(store.Checkpoints.EndOf(former)) ?? TimeSpan.Zero,
                Start = facts.Start,
                Project = settings.ProjectFolder,
            });
    }

    async Task<BuildOutcome> ExecuteAsync(PreparedRun prepared, CancellationToken cancellationToken)
    {
        var submission = await executor.SubmitAsync(prepared, cancellationToken).ConfigureAwait(false);
        try
        {
            return await executor.WaitAsync(submission, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await executor.CancelAsync(submission).ConfigureAwait(false);
            throw;
        }
    }

    // Reported once in a build, and once a day in a store.
    async Task<SandboxState> SandboxAsync(OngoingRun run, CancellationToken cancellationToken)
    {
        var state = await sandbox.StateAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (state is { Missing: { } missing, IsUndecided: false } && Interlocked.Exchange(ref _missingReported, 1) == 0
            && store.Notices.IsDue("no-sandbox", missing, run.Facts.Start))
            run.Report(new BuildEvent.Hint(null,
                $"no sandbox: {missing}. Builders can read what they do not declare; install bubblewrap, or say LightnixSandbox=None"));
        return state;
    }
}

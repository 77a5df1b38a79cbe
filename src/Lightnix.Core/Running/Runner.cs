using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Makes one run: takes its resources and its lock, lets the maker of its kind make the output, and commits that.</summary>
sealed class Runner(Store store, IExecutor executor, Makers makers, TimeProvider time, RunSettings settings, Action<BuildEvent> report)
    : IRunner
{
    /// <summary>How long a run is put off for its revision. A git that needs longer goes on beside the run.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly RunCommit _commit = new(store);

    readonly RunQueue _queue = new(time);

    public async Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken)
    {
        var (stage, next) = (order.Stage, order.Next);
        // Before cores and locks are held, and before the run begins: a slow git takes nothing from others and is no part of its time.
        await Task.WhenAny(settings.Revision.ReadAsync(), Task.Delay(Patience, time, cancellationToken)).ConfigureAwait(false);
        using var grant = await _queue.WaitAsync(executor.AdmitAsync(new(stage.Execution.Cores ?? 1), cancellationToken))
            .ConfigureAwait(false);
        using var held = await LockAsync(order, cancellationToken).ConfigureAwait(false);
        var history = store.Records.History(order.Reference);
        if (history.Runs.FirstOrDefault(r => r.Facts.Replicate == next.Replicate && r.Facts.Attempt == next.Attempt
            && r.Adopted is null) is { } known)
            return new RunOutcome.Completed(known, Here: false);
        if (order.Limit.Stops(history))
            return new RunOutcome.NotStarted();
        var former = stage.Execution.Checkpoint ? store.Checkpoints.Find(order.Reference, next.Replicate) : null;
        var draft = RunDraft.Of(order, history, former, settings.Host, time.GetUtcNow());
        var outcome = await RunAsync(draft, grant.Cores, cancellationToken).ConfigureAwait(false);
        if (outcome is RunOutcome.Failed { HasProgressed: false })
            order.Limit.Count();
        return outcome;
    }

    async Task<IDisposable> LockAsync(RunOrder order, CancellationToken cancellationToken)
    {
        var (stage, next) = (order.Stage.Name, order.Next);
        ActivityNote? waiting = null;
        try
        {
            return await store.Locks.AcquireAsync(
                LockStore.OfRun(order.Reference, next.Replicate, next.Attempt),
                string.Create(CultureInfo.InvariantCulture, $"{stage}, replicate {next.Replicate}, {settings.Who}"),
                holder =>
                {
                    report(new BuildEvent.Waiting(stage, holder, "makes the same run"));
                    waiting = store.Activities.Begin(RunNote.Of(order, settings, time.GetUtcNow()) with
                    {
                        Waiting = $"{holder}, makes the same run",
                    });
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            waiting?.Dispose();
        }
    }

    async Task<RunOutcome> RunAsync(RunDraft draft, int cores, CancellationToken cancellationToken)
    {
        var stage = draft.Order.Stage;
        OngoingRun? run = null;
        Output? output = null;
        try
        {
            store.Records.Add(stage.Derivation);
            store.Records.Add(draft.Order.Resolved);
            using var workspace = store.NewWorkspace(cancellationToken);
            using var note = Note(draft, workspace);
            run = new(draft, workspace, cores, settings.KeepWorkspace, time, note.Report);
            run.ReportStart();
            output = await MakeAsync(run, cancellationToken).ConfigureAwait(false);
            var (now, revision) = (time.GetUtcNow(), settings.Revision.Known);
            run.Facts = run.Facts with
            {
                End = now > run.Facts.Start ? now : run.Facts.Start,
                Revision = revision.Commit,
                Dirty = revision.Dirty,
            };
            return _commit.Commit(run, output);
        }
        catch (Exception e) when (RunErrors.IsOfStore(e) && output is Output.Failed failed)
        {
            // The failure cannot be recorded, as on a full disk. It is reported all the same.
            RunCommit.ReportFailure(run!, failed);
            return RunCommit.Outcome(run!, failed, null);
        }
        catch (Exception e) when (!IsCancellation(e, cancellationToken))
        {
            // A full disk, or a fault of Lightnix. This stage fails without a record, and the others go on.
            return new RunOutcome.Failed(RunErrors.Of(stage, e, report, draft.Order.Next));
        }
    }

    RunNote Note(RunDraft draft, Workspace workspace)
    {
        var note = store.Activities.Begin(RunNote.Of(draft.Order, settings, draft.Facts.Start) with
        {
            Log = workspace.LogFile,
            Queued = _queue.Count,
        });
        _queue.Began(note);
        return new(note, report);
    }

    async Task<Output> MakeAsync(OngoingRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await makers.Of(run.Stage.Derivation.Builder).MakeAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            // The output was refused, for example. The log is kept like that of any other failure.
            return new Output.Failed(null, e.Message, log => RunErrors.Refused(run.Stage, e, run.Order.Next, log, run.KeptFolder));
        }
        catch (Exception e) when (!RunErrors.IsOfStore(e) && !IsCancellation(e, cancellationToken))
        {
            // Libraries read what builders, archives and servers give, and may throw anything.
            run.Workspace.Note($"lightnix: {e}");
            return new Output.Failed(null, $"Lightnix met an error that it does not expect ({e.GetType().Name})",
                log => RunErrors.Unexpected(run.Stage, run.Order.Next, e, log, run.KeptFolder));
        }
    }

    static bool IsCancellation(Exception e, CancellationToken cancellationToken) =>
        e is OperationCanceledException && cancellationToken.IsCancellationRequested;
}

using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Writes the record of a run with its log.</summary>
sealed class RunCommit(Store store)
{
    public RunOutcome Commit(OngoingRun run, Output output)
    {
        if (run.Workspace.Resumed is { } tries)
            run.Facts = run.Facts with { Resumed = new(tries.Tries, tries.DurationAt(run.Facts.End)) };
        return output switch
        {
            Output.Taken taken => Completed(run, taken),
            Output.Failed failed => Failed(run, failed),
            _ => throw new InvalidOperationException($"unknown output {output}"),
        };
    }

    RunOutcome.Completed Completed(OngoingRun run, Output.Taken taken)
    {
        var misplaced = MisplacedFiles.Noted(run.Stage, taken.Tree, run.Workspace);
        var record = new Run(FactsWithLog(run) with { Url = taken.Url }, taken.Tree.Reference);
        store.Records.Add(record);
        run.Workspace.DropCheckpoint();
        if (taken.Tree.Entries.IsEmpty && run.Stage is { Promises.IsEmpty: true, Derivation.Builder.Runs: true })
            run.Report(new BuildEvent.Diagnosed(RunErrors.NothingWritten(run.Stage)));
        foreach (var warning in RunErrors.Names(run.Stage, [.. NameClashes.Of(taken.Tree), .. ForbiddenNames.Of(taken.Tree)]))
            run.Report(new BuildEvent.Diagnosed(warning));
        return new(record, Here: true) { Misplaced = misplaced };
    }

    RunOutcome.Failed Failed(OngoingRun run, Output.Failed failed)
    {
        if (run.KeptFolder is not null)
            run.Workspace.Keep();
        run.Workspace.GiveUp(failed.Unlogged);
        var facts = FactsWithLog(run);
        store.Records.Add(new Failure(facts, failed.ExitCode, failed.Reason));
        ReportFailure(run, failed);
        return Outcome(run, failed, facts.Log is { } log ? store.Records.FileOf(log) : null);
    }

    /// <param name="log">Null where it is not in the store.</param>
    public static RunOutcome.Failed Outcome(OngoingRun run, Output.Failed failed, string? log)
    {
        var problem = failed.Diagnose(log);
        if (run.Workspace.CheckpointIsKept)
            problem = RunErrors.WithCheckpoint(run, problem);
        return new(problem) { HasProgressed = failed.HasProgressed };
    }

    public static void ReportFailure(OngoingRun run, Output.Failed failed) =>
        run.Report(new BuildEvent.RunFailed(run.Stage.Name, run.Order.Next.Replicate, run.Order.Next.Attempt, run.Facts.Duration,
            failed.Reason));

    // Not cancelled: a result that is in the store is recorded.
    RunFacts FactsWithLog(OngoingRun run) => run.Facts with { Log = store.Records.TakeLog(run.Workspace.LogFile, CancellationToken.None) };
}

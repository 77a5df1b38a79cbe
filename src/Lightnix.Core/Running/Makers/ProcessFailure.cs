using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Explains why a builder failed.</summary>
/// <param name="storeFolder">Named where its disk is full.</param>
/// <param name="projectFolder">Null: it is not known.</param>
sealed class ProcessFailure(string storeFolder, string? projectFolder)
{
    // A program prints its stack after what went wrong.
    const int SearchedLines = 200;

    public Output.Failed Of(OngoingRun run, BuildOutcome outcome, Tries tries)
    {
        var (tail, searched) = (Tail(outcome, run.Workspace, OngoingRun.TailLines), Tail(outcome, run.Workspace, SearchedLines));
        var full = run.Workspace.IsDiskFull() ? storeFolder : null;
        var hint = full is null ? FailureHints.Of(run.Stage, outcome, searched, projectFolder) : "";
        var exitCode = (outcome as BuildOutcome.Failed)?.ExitCode;
        var explained = new FailureContext
        {
            Before = tries.Report() + hint,
            FullStore = full,
            Sandbox = exitCode is { } code && full is null && hint.Length == 0 && run.Facts.Sandbox != RunFacts.NoSandbox
                ? SandboxHint.Of(run.Stage, code, searched) : "",
        };
        Func<string?, Diagnostic> diagnose = outcome switch
        {
            BuildOutcome.TimedOut => log => RunErrors.TimeLimit(run, tail, log, explained.Before),
            BuildOutcome.Failed { LeftBehind.IsEmpty: false } failed => log =>
                RunErrors.LeftBehind(run, failed.LeftBehind, log, explained.Before),
            BuildOutcome.Failed failed => log => RunErrors.BuilderFailed(
                run, failed.Reason, failed.ExitCode is null && tail.Length == 0 ? null : tail, log, explained),
            _ => throw new InvalidOperationException($"unknown outcome {outcome}"),
        };
        return new(exitCode, tries.Sentence(outcome.Reason), diagnose) { Unlogged = outcome.Unlogged };
    }

    /// <summary>The last lines that a builder printed, from its log where that could take them.</summary>
    public static string Tail(BuildOutcome outcome, Workspace workspace, int lines) =>
        outcome.Unlogged is { } end ? LogTail.Of(end, lines) : workspace.LogTail(lines);
}

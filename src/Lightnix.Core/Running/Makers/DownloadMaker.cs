using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Fetches the file of a download, from the store where it is there already.</summary>
sealed class DownloadMaker(Store store, Downloads downloads, TimeProvider time) : IMaker
{
    public async Task<Output> MakeAsync(OngoingRun run, CancellationToken cancellationToken)
    {
        var (download, workspace) = ((Builder.Download)run.Stage.Derivation.Builder, run.Workspace);
        if (!download.Unpack && store.Trees.TryTakeStored(download.Sha256, download.FileName, cancellationToken) is { } known)
            return new Output.Taken(known, null);
        // An archive that another stage keeps as it is need not be fetched.
        var stored = download.Unpack && store.Trees.FindFile(download.Sha256, cancellationToken) is { } file ? new Uri(file).AbsoluteUri
            : null;
        var execution = run.Stage.Execution;
        var request = new DownloadRequest(
            stored is null ? execution.Urls : [stored, .. execution.Urls], download.Sha256, download.FileName, download.Unpack,
            workspace.Out, workspace.LogFile, execution.TimeLimit);
        var begun = time.GetTimestamp();
        return await run.WithPulseAsync(downloads.FetchAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false) switch
        {
            DownloadOutcome.Fetched fetched => await run.TakeAsync(
                c => store.Trees.Take(workspace.Out, c), time.GetElapsedTime(begun), fetched.Url == stored ? null : fetched.Url,
                    cancellationToken)
                .ConfigureAwait(false),
            DownloadOutcome.WrongHash wrong =>
                new Output.Failed(null, "the download has another hash", _ => RunErrors.WrongHash(run.Stage, download, wrong)),
            DownloadOutcome.Refused refused => throw RunErrors.RefusedArchive(refused),
            DownloadOutcome.Failed failed => NotFetched(run, failed),
            var other => throw new InvalidOperationException($"unknown outcome {other}"),
        };
    }

    Output.Failed NotFetched(OngoingRun run, DownloadOutcome.Failed failed)
    {
        var tail = run.Workspace.LogTail(OngoingRun.TailLines);
        if (failed.TimedOut)
            return new(null, "the time limit", log => RunErrors.TimeLimit(run, tail, log));
        var full = run.Workspace.IsDiskFull() ? store.Folder : null;
        return new(null, failed.Reason,
            log => RunErrors.BuilderFailed(run, failed.Reason, tail.Length == 0 ? null : tail, log, new() { FullStore = full }));
    }
}

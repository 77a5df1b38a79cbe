using System.Collections.Immutable;
using System.Globalization;
using Lightnix.Building;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Makes one run: takes cores and the run's lock, prepares the working folder, lets the builder build, and commits what it gave.</summary>
/// <param name="who">Names this process to others that wait for its runs.</param>
public sealed class Runner(Store store, IBuilders builders, Slots slots, TimeProvider time, Host host, string who, bool keepWorkspace, Action<BuildEvent> tell, string? projectFolder = null) : IRunner
{
    static readonly TimeSpan _pulse = TimeSpan.FromSeconds(10);
    const int TailLines = 20, SearchedLines = 200; // A program prints its stack after what went wrong.

    int _toldMissing;

    public async Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken)
    {
        var stage = order.Stage;
        using var cores = await slots.TakeAsync(stage.Execution.Cores ?? 1, cancellationToken).ConfigureAwait(false);
        using var held = await store.Locks.AcquireAsync(
            $"{order.Reference}-{order.Next.Replicate}-{order.Next.Attempt}",
            string.Create(CultureInfo.InvariantCulture, $"{stage.Name}, replicate {order.Next.Replicate}, {who}"),
            holder => tell(new BuildEvent.Waiting(stage.Name, holder, "makes the same run")),
            cancellationToken).ConfigureAwait(false);
        var history = store.Records.History(order.Reference);
        var known = history.Runs.FirstOrDefault(r => r.Facts.Replicate == order.Next.Replicate && r.Facts.Attempt == order.Next.Attempt);
        if (known is not null)
            return new RunOutcome.Completed(known, Here: false);
        tell(new BuildEvent.Started(stage.Name, order.Next.Replicate, order.Next.Attempt, order.Reason));
        return await MakeAsync(new(order, FirstFacts.Of(order, history, host, time.GetUtcNow())), cancellationToken).ConfigureAwait(false);
    }

    async Task<RunOutcome> MakeAsync(Making making, CancellationToken cancellationToken)
    {
        var (order, stage) = (making.Order, making.Order.Stage);
        try
        {
            store.Records.Add(stage.Derivation);
            store.Records.Add(order.Resolved);
            using var workspace = store.NewWorkspace(cancellationToken);
            making.Made = await MakeAsync(making, workspace, cancellationToken).ConfigureAwait(false);
            return Commit(making, making.Made, workspace);
        }
        catch (Exception e) when (RunErrors.IsOfStore(e) && making.Made is Made.Not not)
        {
            // It cannot be recorded that the builder failed, as on a full disk. What it said is told all the same.
            tell(new BuildEvent.RunFailed(stage.Name, order.Next.Replicate, order.Next.Attempt, making.Facts.Duration, not.Reason));
            return new RunOutcome.Failed(not.Diagnose(null));
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // A full disk, say, or a fault of ours: this stage fails, and the others may still go on. Nothing can be recorded.
            return new RunOutcome.Failed(RunErrors.Of(stage, e, tell));
        }
    }

    async Task<Made> MakeAsync(Making making, Workspace workspace, CancellationToken cancellationToken)
    {
        var stage = making.Order.Stage;
        try
        {
            return stage.Derivation.Builder switch
            {
                Builder.Import import => await ImportAsync(making, import, workspace, cancellationToken).ConfigureAwait(false),
                Builder.Download download => await DownloadAsync(making, download, workspace, cancellationToken).ConfigureAwait(false),
                _ => await BuildAsync(making, workspace, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (StoreException e)
        {
            // The output was refused, say: what the builder printed is kept like that of any other failure.
            return new Made.Not(null, e.Message, log => RunErrors.Refused(stage, e, log, Kept(workspace)));
        }
        catch (Exception e) when (!RunErrors.IsOfStore(e) && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // The one boundary of runs. What builders, archives and servers give goes through libraries, which throw what they like.
            workspace.Note($"lightnix: {e}");
            return new Made.Not(null, $"Lightnix met an error that it does not expect ({e.GetType().Name})", log => RunErrors.Unexpected(stage.Name, making.Order.Next, stage.Item, e, log, Kept(workspace)));
        }
    }

    // What the builder left of its time limit is there for taking its result: terabytes of nothing are made in a moment.
    async Task<Made> TakeAsync(Making making, Workspace workspace, TimeSpan used, string? url, Func<CancellationToken, Tree> take, CancellationToken cancellationToken)
    {
        var stage = making.Order.Stage;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (stage.Execution.TimeLimit is { } limit && limit.TotalMilliseconds < uint.MaxValue - 1)
            limited.CancelAfter(limit > used ? limit - used : TimeSpan.Zero);
        try
        {
            return new Made.Taken(await WithPulse(making, Task.Run(() => take(limited.Token), CancellationToken.None), cancellationToken).ConfigureAwait(false), url);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var tail = workspace.LogTail(TailLines);
            return new Made.Not(null, "the time limit, while its result was taken into the store", log =>
                RunErrors.TimeLimit(stage.Name, making.Order.Next, stage.Item, stage.Execution.TimeLimit!.Value, tail, log, Kept(workspace), taking: true));
        }
    }

    string? Kept(Workspace workspace) => keepWorkspace ? workspace.Folder : null;

    async Task<Made> ImportAsync(Making making, Builder.Import import, Workspace workspace, CancellationToken cancellationToken)
    {
        var stage = making.Order.Stage;
        // What has gone is nothing, which nobody planned.
        var made = await TakeAsync(
            making, workspace, TimeSpan.Zero, null, c => store.Trees.TakeImport(stage.ImportPath!, stage.ImportTree!, c) ?? Tree.Of([]), cancellationToken).ConfigureAwait(false);
        return made is Made.Taken taken && taken.Tree.Reference != import.Tree
            ? new Made.Not(null, "the imported path changed", _ => RunErrors.Changed(stage, $"'{stage.ImportPath}'"))
            : made;
    }

    async Task<Made> DownloadAsync(Making making, Builder.Download download, Workspace workspace, CancellationToken cancellationToken)
    {
        var (stage, execution) = (making.Order.Stage, making.Order.Stage.Execution);
        if (!download.Unpack && store.Trees.TryTakeStored(download.Sha256, download.FileName, cancellationToken) is { } taken)
            return new Made.Taken(taken, null);
        // An archive that another stage keeps as it is need not come from anywhere else.
        var stored = download.Unpack && store.Trees.FindFile(download.Sha256, cancellationToken) is { } known ? new Uri(known).AbsoluteUri : null;
        var request = new DownloadRequest(stored is null ? execution.Urls : [stored, .. execution.Urls], download.Sha256, download.FileName, download.Unpack, workspace.Out, workspace.LogFile, execution.TimeLimit);
        var begun = time.GetTimestamp();
        return await WithPulse(making, builders.DownloadAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false) switch
        {
            DownloadOutcome.Fetched fetched =>
                await TakeAsync(making, workspace, time.GetElapsedTime(begun), fetched.Url == stored ? null : fetched.Url, c => store.Trees.Take(workspace.Out, c), cancellationToken).ConfigureAwait(false),
            DownloadOutcome.WrongHash wrong => new Made.Not(null, "the download has another hash",
                _ => RunErrors.WrongHash(stage.Name, stage.Item, download.Sha256.ToString(), wrong.Found.Select(f => (f.Url, f.Digest.ToString())))),
            DownloadOutcome.Refused refused => throw new StoreException("LNX2007", refused.Reason),
            DownloadOutcome.Failed failed => NotFetched(making, failed, workspace),
            var other => throw new InvalidOperationException($"unknown outcome {other}"),
        };
    }

    Made.Not NotFetched(Making making, DownloadOutcome.Failed failed, Workspace workspace)
    {
        var (stage, next, full, tail) = (making.Order.Stage, making.Order.Next, FullDisk(workspace), workspace.LogTail(TailLines));
        if (failed.TimedOut)
            return new(null, "the time limit", log => RunErrors.TimeLimit(stage.Name, next, stage.Item, stage.Execution.TimeLimit!.Value, tail, log, Kept(workspace)));
        return new(null, failed.Reason, log => RunErrors.BuilderFailed(
            stage.Name, next, stage.Item, failed.Reason, tail.Length == 0 ? null : tail, log, Kept(workspace), full: full));
    }

    async Task<Made> BuildAsync(Making making, Workspace workspace, CancellationToken cancellationToken)
    {
        var (order, stage) = (making.Order, making.Order.Stage);
        var seed = making.Facts.Seed!.Value;
        var cores = Math.Min(stage.Execution.Cores ?? 1, slots.Count);
        foreach (var source in stage.Sources)
            workspace.Place(source);
        var state = await SandboxAsync(cancellationToken).ConfigureAwait(false);
        if (state.IsUndecided)
            return new Made.Not(null, "it is not known whether there is a sandbox", _ => RunErrors.UndecidedSandbox(stage.Name, stage.Item, state.Missing));
        foreach (var (input, choice) in stage.Inputs.Zip(order.Inputs))
            Place(workspace, input, choice, state.Name is not null);
        workspace.Write(RunContext.Path, RunContext.ToBytes(order.Resolved, order.Next.Replicate, seed, cores));
        var counts = stage.Inputs.Zip(order.Inputs).Where(i => i.First.Plural).ToImmutableSortedDictionary(i => i.First.At, i => i.Second.Results.Length, StringComparer.Ordinal);
        making.Facts = making.Facts with { Sandbox = state.Name ?? making.Facts.Sandbox };
        var request = new BuildRequest
        {
            Invocation = Planner.Invoke(stage, order.Resolved.Builder, new Bindings(seed, order.Next.Replicate, cores, stage.Derivation.Parameters, counts), ProgramFolder(stage)),
            WorkingFolder = workspace.Folder,
            LogFile = workspace.LogFile,
            Environment = stage.Derivation.Environment
                .SetItem("LIGHTNIX_OUT", "out")
                .SetItem("LIGHTNIX_SEED", seed.ToString(CultureInfo.InvariantCulture))
                .SetItem("LIGHTNIX_REPLICATE", order.Next.Replicate.ToString(CultureInfo.InvariantCulture))
                .SetItem("LIGHTNIX_CORES", cores.ToString(CultureInfo.InvariantCulture))
                .SetItem("LIGHTNIX_CONTEXT", RunContext.Path.ToString()),
            PassEnvironment = stage.Execution.PassEnvironment,
            Tools = stage.Derivation.Tools,
            Network = stage.Derivation.Network,
            Gpus = stage.Execution.Gpus > 0,
            TimeLimit = stage.Execution.TimeLimit,
            Waiting = holder => tell(new BuildEvent.Waiting(stage.Name, holder, "compiles the same script")),
            Notice = text => tell(new BuildEvent.Hint(stage.Name, text)),
        };
        var tries = new Tries(stage.Execution.Retries);
        while (true)
        {
            var outcome = await WithPulse(making, builders.RunAsync(request with { Mounts = workspace.Mounts }, cancellationToken), cancellationToken).ConfigureAwait(false);
            workspace.Reclaim();
            making.Facts = making.Facts with { Retries = tries.Failed, Programs = outcome.Programs.ToImmutableSortedDictionary(Utf8Order.Instance) };
            if (outcome is BuildOutcome.Completed)
                return await TakeAsync(making, workspace, outcome.Took, null, c => store.Trees.Take(workspace.FinishedOut(), c), cancellationToken).ConfigureAwait(false);
            if (!tries.MayTryAgain)
                return Failed(making, outcome, tries, workspace);
            tell(new BuildEvent.Retried(stage.Name, order.Next.Replicate, order.Next.Attempt, tries.Current, outcome.Reason));
            var note = $"lightnix: {tries.Current} failed: {outcome.Reason}";
            tries.Add(outcome.Reason, Tail(outcome, workspace, Tries.TailLines));
            workspace.Reset(note);
        }
    }

    async Task<SandboxState> SandboxAsync(CancellationToken cancellationToken)
    {
        var state = await builders.SandboxAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (state is { Missing: { } missing, IsUndecided: false } && Interlocked.Exchange(ref _toldMissing, 1) == 0)
            tell(new BuildEvent.Hint(null, $"no sandbox: {missing}. Builders can read what they do not declare; install bubblewrap, or say LightnixSandbox=None"));
        return state;
    }

    Made.Not Failed(Making making, BuildOutcome outcome, Tries tries, Workspace workspace)
    {
        var (stage, next) = (making.Order.Stage, making.Order.Next);
        var (tail, full) = (Tail(outcome, workspace, TailLines), FullDisk(workspace));
        var hint = full is null ? FailureHints.Of(stage, outcome, Tail(outcome, workspace, SearchedLines), projectFolder) : "";
        var without = outcome is BuildOutcome.Failed { ExitCode: { } code } && hint.Length == 0 && making.Facts.Sandbox != RunFacts.NoSandbox
            ? SandboxHint.Of(stage, code, Tail(outcome, workspace, SearchedLines)) : "";
        var before = tries.Told() + hint;
        making.Unlogged = outcome.Unlogged;
        Func<string?, Diagnostic> diagnose = outcome switch
        {
            BuildOutcome.TimedOut timedOut => log => RunErrors.TimeLimit(stage.Name, next, stage.Item, timedOut.Limit, tail, log, Kept(workspace), before),
            BuildOutcome.Failed { LeftBehind.IsEmpty: false } failed => log => RunErrors.LeftBehind(stage.Name, next, stage.Item, failed.LeftBehind, before, log, Kept(workspace)),
            BuildOutcome.Failed failed => log => RunErrors.BuilderFailed(stage.Name, next, stage.Item, failed.Reason,
                failed.ExitCode is null && tail.Length == 0 ? null : tail, log, Kept(workspace), without, before, full),
            _ => throw new InvalidOperationException($"unknown outcome {outcome}"),
        };
        return new((outcome as BuildOutcome.Failed)?.ExitCode, tries.Sentence(outcome.Reason), diagnose);
    }

    static string Tail(BuildOutcome outcome, Workspace workspace, int lines) => outcome.Unlogged is { } end ? LogTail.Of(end, lines) : workspace.LogTail(lines);

    string? FullDisk(Workspace workspace) => workspace.IsDiskFull() ? store.Folder : null;

    void Place(Workspace workspace, PlannedInput input, Choice choice, bool sandboxed)
    {
        for (var i = 0; i < choice.Results.Length; i++)
        {
            var tree = store.Trees.Find(choice.Results[i].Tree)!;
            var folder = store.Trees.FolderOf(tree.Reference);
            var mount = input.Mount(i);
            if (input.Paths.IsEmpty)
                workspace.Place(tree, folder, RelativePath.Root, mount, sandboxed);
            foreach (var path in input.Paths)
                workspace.Place(tree, folder, tree.Follow(path)!, mount.Append(path), sandboxed);
        }
    }

    // The program runs from the store: what runs is what was hashed, whatever is built beside it meanwhile.
    string? ProgramFolder(PlannedStage stage)
    {
        if (stage.Program is not { } program)
            return null;
        var reference = program.Output.Reference;
        if (!store.Trees.Keep(reference) && store.Trees.Take(program.Folder).Reference != reference)
            throw new StoreException("LNX2006", $"the program in '{program.Folder}' changed while it was taken; build again");
        store.Trees.Check(reference, everyByte: false);
        return store.Trees.FolderOf(reference);
    }

    async Task<T> WithPulse<T>(Making making, Task<T> work, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(work, Task.Delay(_pulse, time, stop.Token)).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            if (!work.IsCompleted && !cancellationToken.IsCancellationRequested)
                tell(new BuildEvent.Running(making.Order.Stage.Name, making.Order.Next.Replicate, time.GetUtcNow() - making.Facts.Start));
            else
                break;
        }
        return await work.ConfigureAwait(false);
    }

    RunOutcome Commit(Making making, Made made, Workspace workspace)
    {
        var (stage, next) = (making.Order.Stage, making.Order.Next);
        making.Facts = making.Facts with { End = time.GetUtcNow() is var now && now > making.Facts.Start ? now : making.Facts.Start };
        if (made is Made.Not && keepWorkspace)
            workspace.Keep();
        if (made is Made.Not)
            workspace.GiveUp(making.Unlogged);
        var misplaced = made is Made.Taken { Tree: var tree } ? MisplacedFiles.Noted(stage, tree, workspace) : [];
        // A result that is in the store is not given up for its log.
        var log = store.Records.TakeLog(workspace.LogFile, CancellationToken.None);
        var facts = making.Facts with { Log = log };
        switch (made)
        {
            case Made.Taken taken:
                var run = new Run(facts with { Url = taken.Url }, taken.Tree.Reference);
                store.Records.Add(run);
                foreach (var warning in RunErrors.Names(stage, [.. NameClashes.Of(taken.Tree), .. ForbiddenNames.Of(taken.Tree)]))
                    tell(new BuildEvent.Diagnosed(warning));
                return new RunOutcome.Completed(run, Here: true) { Misplaced = misplaced };
            case Made.Not not:
                store.Records.Add(new Failure(facts, not.ExitCode, not.Reason));
                tell(new BuildEvent.RunFailed(stage.Name, next.Replicate, next.Attempt, facts.Duration, not.Reason));
                return new RunOutcome.Failed(not.Diagnose(log is null ? null : store.Records.FileOf(log)));
            default:
                throw new InvalidOperationException($"unknown result {made}");
        }
    }
}

using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>A run between its lock and its record.</summary>
/// <param name="cores">Granted.</param>
sealed class OngoingRun(RunDraft draft, Workspace workspace, int cores, bool keepWorkspace, TimeProvider time, Action<BuildEvent> report)
{
    /// <summary>Lines at the end of a log that a message shows.</summary>
    public const int TailLines = 20;

    readonly Pulse _pulse = new(time, (elapsed, isPaused) => report(new BuildEvent.Running(
        draft.Order.Stage.Name, draft.Order.Next.Replicate, draft.Order.Next.Attempt, elapsed, LastLine(workspace))
    {
        IsCompiling = isPaused,
    }));

    public RunDraft Draft => draft;
    public RunOrder Order => draft.Order;
    public PlannedStage Stage => draft.Order.Stage;
    public Workspace Workspace => workspace;
    public int Cores => cores;

    /// <summary>What is recorded: the draft's facts, and what was learned since.</summary>
    public RunFacts Facts { get; set; } = draft.Facts;

    /// <summary>The working folder where it stays after a failure; else null.</summary>
    public string? KeptFolder => keepWorkspace ? workspace.Folder : null;

    public void Report(BuildEvent what) => report(what);

    /// <summary>The run has a working folder, and what it prints can be followed.</summary>
    public void ReportStart() => report(new BuildEvent.Started(Stage.Name, Order.Next.Replicate, Order.Next.Attempt, draft.Reason)
    {
        Of = Stage.Matcher.AtLeast,
        HasCheckpoint = Stage.Execution.Checkpoint,
        LastLine = () => LastLine(workspace),
    });

    /// <summary>The run needs a C# script that is not compiled. That time is no part of the run's.</summary>
    public void BeginCompilation()
    {
        _pulse.Pause();
        report(new BuildEvent.Compiling(Stage.Name, Order.Next.Replicate, Order.Next.Attempt));
    }

    /// <param name="took">Null: another run has compiled the script.</param>
    public void EndCompilation(TimeSpan? took)
    {
        _pulse.Resume();
        report(new BuildEvent.Compiled(Stage.Name, Order.Next.Replicate, Order.Next.Attempt, took));
    }

    /// <summary>Waits for work, and reports now and then that the run goes on.</summary>
    public Task<T> WithPulseAsync<T>(Task<T> work, CancellationToken cancellationToken) => _pulse.DuringAsync(work, cancellationToken);

    /// <summary>Takes a result into the store within what is left of the time limit: a sparse file can be terabytes long.</summary>
    /// <param name="used">Time that the builder took.</param>
    public async Task<Output> TakeAsync(Func<CancellationToken, Tree> take, TimeSpan used, string? url, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (Stage.Execution.TimeLimit is { } limit && limit.TotalMilliseconds < uint.MaxValue - 1)
            limited.CancelAfter(limit > used ? limit - used : TimeSpan.Zero);
        try
        {
            var taking = Task.Run(() => take(limited.Token), CancellationToken.None);
            return new Output.Taken(await WithPulseAsync(taking, cancellationToken).ConfigureAwait(false), url);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var tail = workspace.LogTail(TailLines);
            return new Output.Failed(null, "the time limit, while its result was taken into the store",
                log => RunErrors.TimeLimit(this, tail, log, taking: true));
        }
    }

    // For people who wait: a log that cannot be read is no reason to stop anything.
    static string LastLine(Workspace workspace)
    {
        try
        {
            return Visible.Text(workspace.LogTail(1));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

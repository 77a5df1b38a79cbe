using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>A process on Linux or macOS, leader of its own session. It is not collected before <see cref="Collect"/>, so its id stays its
/// own, and its session can be ended without harm to others.</summary>
sealed class PosixChild : IChild
{
    readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly int _process;
    readonly ProcessCommand _command;
    readonly LogPump? _log;
    readonly SandboxInit? _init;

    PosixChild(int process, ProcessCommand command, LogPump? log, SandboxInit? init) =>
        (_process, _command, _log, _init) = (process, command, log, init);

    public Task Exited => _exited.Task;

    /// <summary>Starts the process from a thread that waits for it: a sandbox dies with the <em>thread</em> that started it.</summary>
    /// <exception cref="StartException">The system refused, and why.</exception>
    public static Task<IChild> StartAsync(ProcessCommand command)
    {
        var started = new TaskCompletionSource<IChild>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => StartAndWait(command, started),
            maxStackSize: 256 * 1024)
        { IsBackground = true, Name = "Lightnix builder" };
        thread.Start();
        return started.Task;
    }

    static void StartAndWait(ProcessCommand command, TaskCompletionSource<IChild> started)
    {
        PosixChild child;
        LogPump? log = null;
        SandboxInit? init = null;
        try
        {
            // A device needs no log, nor does a terminal.
            log = command.IsOnTerminal || command.LogFile.StartsWith("/dev/", StringComparison.Ordinal) ? null
                : new LogPump(command.LogFile);
            if (command.Guards)
            {
                SandboxThread.Enter();
                init = new SandboxInit();
            }
            child = new PosixChild(PosixSpawn.Start(command, log?.Entrance, init?.Handles), command, log, init);
            log?.Start();
        }
        catch (Exception e)
        {
            // The exception is passed on. In this thread it would end the build.
            log?.Dispose();
            init?.Dispose();
            started.SetException(e);
            return;
        }
        started.SetResult(child);
        init?.Meet();
        child.WaitForExit();
        // The processes inside end a moment later.
        _ = init?.WaitForEnd(ProcessFamily.Grace);
        child._exited.SetResult();
    }

    unsafe void WaitForExit()
    {
        var information = stackalloc byte[Libc.Room];
        while (Libc.WaitId(Libc.ById, _process, information, Libc.ExitedKeep) != 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
        {
        }
    }

    public ImmutableArray<string> Others() => _init is { IsKnown: true } init
        ? init.WaitForEnd(TimeSpan.Zero) ? [] : [init.ToString()]
        : [.. ProcessTable.OfSession(_process).Where(e => e.Id != _process).Select(e => e.ToString())];

    public async Task EndAsync(TimeSpan grace)
    {
        // The guard is not asked, because its end would end the builder at once.
        await ProcessFamily.Of(_process, _command.Mark)
            .EndAsync(grace, _command.Guards ? e => e.Id == _process || e.Parent == _process : null).ConfigureAwait(false);
        _init?.End();
        if (_init is not null)
            await Task.Run(() => _init.WaitForEnd(ProcessFamily.Patience)).ConfigureAwait(false);
    }

    public Task<string?> FinishLogAsync(TimeSpan patience) => _log?.FinishAsync(patience) ?? Task.FromResult<string?>(null);

    public ExitStatus Collect()
    {
        _init?.Dispose();
        while (true)
        {
            if (Libc.WaitPid(_process, out var status, 0) == _process)
                return ExitStatus.FromWait(status);
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
                return ExitStatus.Unknown;
        }
    }
}

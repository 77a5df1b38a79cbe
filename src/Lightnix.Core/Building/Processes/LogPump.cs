using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Building;

/// <summary>
/// The pipe into which a process on Linux or macOS prints, and the thread that empties it into the log. Through a file of its own a process could
/// write over what it had printed, make the log as large as it likes, or lose it to a full disk.
/// </summary>
sealed class LogPump : IDisposable
{
    // How long a process that outlived the builder may take to print the rest.
    const int RestMilliseconds = 20;

    // How soon O_NONBLOCK is noticed that a silent program set. Whatever is printed wakes the thread at once.
    const int CheckMilliseconds = 500;

    // Linux gives an ordinary user so much for each pipe. A program that meets O_NONBLOCK fails only when the pipe is full.
    const int LargePipe = 1 << 20;

    readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In, HandleInheritability.None);

    // Its other end is closed when the process has ended, which wakes the thread.
    readonly AnonymousPipeServerStream _running = new(PipeDirection.Out, HandleInheritability.None);
    readonly SafeHandle _ended;
    readonly BuilderLog _log;
    SafeFileHandle? _end;
    readonly TaskCompletionSource<string?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool _over;
    volatile bool _cut;

    public LogPump(string logFile) => (_log, _ended) = (new(logFile), _running.ClientSafePipeHandle);

    /// <summary>What the process writes to.</summary>
    public SafeHandle Entrance => _pipe.ClientSafePipeHandle;

    /// <summary>The process has its own end of the pipe: begins to read.</summary>
    public void Start()
    {
        if (OperatingSystem.IsLinux())
        {
            _end = new(Libc.Control((int)_pipe.ClientSafePipeHandle.DangerousGetHandle(), Libc.DuplicateFrom, 0), ownsHandle: true);
            _ = Libc.Control(_end, Libc.SetPipeSize, LargePipe);
        }
        _pipe.DisposeLocalCopyOfClientHandle();
        new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "Lightnix log" }.Start();
    }

    /// <summary>Takes what is in the pipe when the process has ended, and closes it. Whoever still holds it is not waited for.</summary>
    /// <returns>As of <see cref="BuilderLog.Finish"/>.</returns>
    public async Task<string?> FinishAsync(TimeSpan patience)
    {
        _over = true;
        _end?.Dispose();
        await _running.DisposeAsync().ConfigureAwait(false);
        var finished = await Task.WhenAny(_done.Task, Task.Delay(patience)).ConfigureAwait(false) == _done.Task;
        // One that escaped and prints on meets a broken pipe.
        _cut = !finished;
        return finished ? await _done.Task.ConfigureAwait(false) : _log.Finish();
    }

    void Run()
    {
        var buffer = new byte[BuilderLog.EndSize];
        try
        {
            using (_log)
            using (_pipe)
            using (_ended)
            {
                while (Next(buffer) is var count and > 0)
                    _log.Write(buffer.AsSpan(0, count));
                _done.SetResult(_log.Finish());
            }
        }
        catch (Exception e)
        {
            // A thread of its own would take the whole build along.
            _done.TrySetException(e);
        }
    }

    // 0: nothing more comes.
    unsafe int Next(byte[] buffer)
    {
        var descriptor = (int)_pipe.SafePipeHandle.DangerousGetHandle();
        var polls = stackalloc Libc.Poll[2];
        fixed (byte* to = buffer)
        {
            while (!_cut)
            {
                Block();
                polls[0] = new Libc.Poll { Descriptor = descriptor, Wanted = Libc.PollIn };
                polls[1] = new Libc.Poll { Descriptor = (int)_ended.DangerousGetHandle() };
                var over = _over;
                var ready = Libc.WaitFor(polls, over ? 1u : 2u, over ? RestMilliseconds : _end is null ? -1 : CheckMilliseconds);
                if (ready == 0 && over)
                    return 0;
                if (ready <= 0 || polls[0].Found == 0)
                    continue;
                Block();
                var count = (int)Libc.Read(descriptor, to, (nuint)buffer.Length);
                if (count >= 0)
                    return count;
                if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
                    return 0;
            }
            return 0;
        }
    }

    // Where one program sets O_NONBLOCK and leaves it (node, ssh), the next one to print would fail with EAGAIN. A program that fills the large pipe
    // at once, within CheckMilliseconds of that, may still fail.
    void Block()
    {
        if (_end is not { IsInvalid: false, IsClosed: false } end)
            return;
        try
        {
            var flags = Libc.Control(end, Libc.GetFlags, 0);
            if (flags >= 0 && (flags & Libc.NonBlocking) != 0)
                _ = Libc.Control(end, Libc.SetFlagsOfFile, flags & ~Libc.NonBlocking);
        }
        catch (ObjectDisposedException)
        {
            // The process has ended meanwhile.
        }
    }

    /// <summary>For a process that could not be started.</summary>
    public void Dispose()
    {
        _pipe.Dispose();
        _running.Dispose();
        _ended.Dispose();
        _log.Dispose();
    }
}

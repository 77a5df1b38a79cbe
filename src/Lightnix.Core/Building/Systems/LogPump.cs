using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Building;

/// <summary>The pipe of a process on Linux or macOS, and the thread that copies it into the log. With a file in its place, the process
/// could overwrite its output, make the log too large, or lose it to a full disk.</summary>
sealed class LogPump : IDisposable
{
    // Time in which processes that outlived the builder may print the rest.
    const int RestMilliseconds = 20;

    // Longest time in which O_NONBLOCK of a silent program stays. Output wakes the thread at once.
    const int CheckMilliseconds = 500;

    // The limit of Linux for ordinary users. A write fails with O_NONBLOCK only when the pipe is full.
    const int LargePipe = 1 << 20;

    readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In, HandleInheritability.None);

    // Its other end is closed when the process ends, which wakes the thread.
    readonly AnonymousPipeServerStream _running = new(PipeDirection.Out, HandleInheritability.None);
    readonly SafeHandle _ended;
    readonly BuilderLog _log;
    SafeFileHandle? _end;
    readonly TaskCompletionSource<string?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool _over;
    volatile bool _cut;

    public LogPump(string logFile) => (_log, _ended) = (new(logFile), _running.ClientSafePipeHandle);

    /// <summary>The end to which the process writes.</summary>
    public SafeHandle Entrance => _pipe.ClientSafePipeHandle;

    /// <summary>Starts to read, once the process has its own end of the pipe.</summary>
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

    /// <summary>Reads the rest after the end of the process, and closes the pipe. Processes that still hold it are not awaited.</summary>
    /// <returns>As of <see cref="BuilderLog.Finish"/>.</returns>
    public async Task<string?> FinishAsync(TimeSpan patience)
    {
        _over = true;
        _end?.Dispose();
        await _running.DisposeAsync().ConfigureAwait(false);
        var finished = await Task.WhenAny(_done.Task, Task.Delay(patience)).ConfigureAwait(false) == _done.Task;
        // A process that escaped and prints on meets a broken pipe.
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
            // An exception of this thread would end the build.
            _done.TrySetException(e);
        }
    }

    // Returns 0 at the end.
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
                var patience = _end is null ? -1 : CheckMilliseconds;
                var ready = Libc.WaitFor(polls, over ? 1u : 2u, over ? RestMilliseconds : patience);
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

    // A program may set O_NONBLOCK and leave it (node, ssh). Then the next one fails with EAGAIN when the pipe is full. A program that
    // fills the large pipe at once, within CheckMilliseconds of that, may still fail.
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

    /// <summary>Called where the process could not be started.</summary>
    public void Dispose()
    {
        _pipe.Dispose();
        _running.Dispose();
        _ended.Dispose();
        _log.Dispose();
    }
}

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
    // How soon it is noticed that nobody prints any more, although somebody still could.
    const int PollMilliseconds = 20;

    readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In, HandleInheritability.None);
    readonly BuilderLog _log;
    SafeFileHandle? _end;
    readonly TaskCompletionSource<string?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool _over;
    volatile bool _cut;

    public LogPump(string logFile) => _log = new(logFile);

    /// <summary>What the process writes to.</summary>
    public SafeHandle Entrance => _pipe.ClientSafePipeHandle;

    /// <summary>The process has its own end of the pipe: begins to read.</summary>
    public void Start()
    {
        if (OperatingSystem.IsLinux())
            _end = new(Libc.Control((int)_pipe.ClientSafePipeHandle.DangerousGetHandle(), Libc.DuplicateFrom, 0), ownsHandle: true);
        _pipe.DisposeLocalCopyOfClientHandle();
        new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "Lightnix log" }.Start();
    }

    /// <summary>Takes what is in the pipe when the process has ended, and closes it. Whoever still holds it is not waited for.</summary>
    /// <returns>As of <see cref="BuilderLog.Finish"/>.</returns>
    public async Task<string?> FinishAsync(TimeSpan patience)
    {
        _over = true;
        _end?.Dispose();
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
        fixed (byte* to = buffer)
        {
            while (!_cut)
            {
                Block();
                var poll = new Libc.Poll { Descriptor = descriptor, Wanted = Libc.PollIn };
                var ready = Libc.WaitFor(&poll, 1, PollMilliseconds);
                if (ready == 0 && _over)
                    return 0;
                if (ready <= 0)
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

    // Where one program sets O_NONBLOCK and leaves it (node, ssh), the next one to print would fail with EAGAIN. One that ends within PollMilliseconds of that is not noticed in time.
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
        _log.Dispose();
    }
}

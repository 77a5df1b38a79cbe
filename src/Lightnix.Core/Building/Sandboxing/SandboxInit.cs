using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Building;

/// <summary>
/// Process 1 of a sandbox, known from outside before any builder runs. When it has ended, the kernel has ended every other process inside,
/// whatever
/// these did to it or to their sessions.
/// </summary>
sealed class SandboxInit : IDisposable
{
    /// <summary>
    /// Descriptors of bubblewrap: where it writes which process it made, and where <see cref="SandboxGuard"/> reads that it may begin.
    /// </summary>
    public const int Information = 3, Permission = 4;

    /// <summary>The first descriptor that is free for others.</summary>
    public const int Next = 5;

    const string Id = "\"child-pid\":";

    readonly AnonymousPipeServerStream _information = new(PipeDirection.In, HandleInheritability.None);
    readonly AnonymousPipeServerStream _permission = new(PipeDirection.Out, HandleInheritability.None);
    readonly Lock _gate = new();
    SafeFileHandle? _process;
    int _id;
    bool _over;

    /// <summary>What bubblewrap gets, in the order of its descriptors.</summary>
    public IEnumerable<SafeHandle> Handles => [_information.ClientSafePipeHandle, _permission.ClientSafePipeHandle];

    /// <summary>False where the kernel has no descriptors of processes (before 5.3), or where bubblewrap failed.</summary>
    public bool IsKnown => _process is not null;

    /// <summary>Learns which process it is, and only then lets the builder begin. Bubblewrap has been started.</summary>
    public void Meet()
    {
        try
        {
            _information.DisposeLocalCopyOfClientHandle();
            _permission.DisposeLocalCopyOfClientHandle();
            var told = Read();
            lock (_gate)
            {
                if (told is { } id)
                    Open(id);
                if (_over)
                    Kill();
                else
                    _permission.Write("\n"u8);
            }
            _permission.Dispose();
        }
        catch (IOException)
        {
            // Bubblewrap has failed, and says so itself.
        }
    }

    int? Read()
    {
        var text = new StringBuilder();
        // A few hundred bytes.
        for (var value = 0; value != '}' && (value = _information.ReadByte()) >= 0;)
            text.Append((char)value);
        var at = text.ToString().IndexOf(Id, StringComparison.Ordinal);
        var digits = at < 0 ? [] : text.ToString().AsSpan(at + Id.Length).Trim();
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
            : null;
    }

    void Open(int id)
    {
        var descriptor = Libc.Call(Libc.OpenProcess, id);
        if (descriptor >= 0)
            (_process, _id) = (new((nint)descriptor, ownsHandle: true), id);
    }

    /// <summary>Waits until it has ended; false where it still runs afterwards.</summary>
    public unsafe bool WaitForEnd(TimeSpan patience)
    {
        if (_process is not { } process)
            return true;
        var poll = new Libc.Poll { Descriptor = (int)process.DangerousGetHandle(), Wanted = Libc.PollIn };
        int ready;
        do
            ready = Libc.WaitFor(&poll, 1, (int)patience.TotalMilliseconds);
        while (ready < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted);
        return ready > 0;
    }

    /// <summary>Ends it with all that run inside, or keeps them from beginning.</summary>
    public void End()
    {
        lock (_gate)
        {
            _over = true;
            Kill();
        }
    }

    void Kill()
    {
        if (_process is { } process)
            _ = Libc.Call(Libc.SignalProcess, process.DangerousGetHandle(), Libc.Sigkill);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"bwrap ({_id})");

    public void Dispose()
    {
        _information.Dispose();
        _permission.Dispose();
        _process?.Dispose();
    }
}

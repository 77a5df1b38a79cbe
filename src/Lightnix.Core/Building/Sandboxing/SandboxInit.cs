using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Building;

/// <summary>Process 1 of a sandbox, known before a builder runs. When it ends, the kernel ends every process inside.</summary>
sealed class SandboxInit : IDisposable
{
    /// <summary>Descriptors of bubblewrap: it writes the id of process 1 to the first, and <see cref="SandboxGuard"/> reads the permission
    /// to start from the second.</summary>
    public const int Information = 3, Permission = 4;

    /// <summary>The next free descriptor.</summary>
    public const int Next = 5;

    const string Id = "\"child-pid\":";
    readonly AnonymousPipeServerStream _information = new(PipeDirection.In, HandleInheritability.None);
    readonly AnonymousPipeServerStream _permission = new(PipeDirection.Out, HandleInheritability.None);
    readonly Lock _gate = new();
    SafeFileHandle? _process;
    int _id;
    bool _over;

    /// <summary>The files of bubblewrap, in the order of its descriptors.</summary>
    public IEnumerable<SafeHandle> Handles => [_information.ClientSafePipeHandle, _permission.ClientSafePipeHandle];

    /// <summary>False where the kernel has no descriptors of processes (before 5.3), or where bubblewrap failed.</summary>
    public bool IsKnown => _process is not null;

    /// <summary>Reads the id of the process, and then lets the builder start. Bubblewrap has been started.</summary>
    public void Meet()
    {
        try
        {
            _information.DisposeLocalCopyOfClientHandle();
            _permission.DisposeLocalCopyOfClientHandle();
            var read = Read();
            lock (_gate)
            {
                if (read is { } id)
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
            // Bubblewrap has failed, and reports it itself.
        }
    }

    int? Read()
    {
        var text = new StringBuilder();
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

    /// <summary>Waits for its end; false where it still runs afterwards.</summary>
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

    /// <summary>Ends it with all processes inside, or prevents their start.</summary>
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

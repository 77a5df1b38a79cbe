using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Building;

/// <summary>
/// Files in memory and ends of pipes that a process finds open when it starts. No other process reads them, and no disk holds them.
/// </summary>
sealed class GivenFiles : IDisposable
{
    /// <summary>The other process gets a handful, from 3 on.</summary>
    const int Lowest = 32;

    readonly List<SafeFileHandle> _files = [];

    /// <param name="handles">Open files of this process, which come first.</param>
    /// <exception cref="StartException">The system refused, and why.</exception>
    public GivenFiles(IEnumerable<SafeHandle> handles, IEnumerable<ReadOnlyMemory<byte>> contents)
    {
        try
        {
            foreach (var handle in handles)
                _files.Add(High(handle));
            foreach (var content in contents)
                Add(content.Span);
        }
        catch (StartException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Descriptors of this process, each above all that the other process gets.</summary>
    public IEnumerable<int> Descriptors => _files.Select(f => (int)f.DangerousGetHandle());

    void Add(ReadOnlySpan<byte> content)
    {
        using var file = Handle(Libc.CreateMemoryFile("lightnix", Libc.CloseOnExec));
        var high = High(file);
        _files.Add(high);
        // At its place, so that it is read from the beginning.
        RandomAccess.Write(high, content, 0);
    }

    static SafeFileHandle High(SafeHandle file) => Handle(Libc.Control((int)file.DangerousGetHandle(), Libc.DuplicateFrom, Lowest));

    static SafeFileHandle Handle(int descriptor) => descriptor >= 0
        ? new(descriptor, ownsHandle: true)
        : throw new StartException($"a descriptor cannot be made: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    public void Dispose() => _files.ForEach(f => f.Dispose());
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Building;

/// <summary>Open files that a new process inherits: files in memory and ends of pipes, which no disk holds.</summary>
sealed class GivenFiles : IDisposable
{
    /// <summary>Above all descriptors that the other process gets, which begin at 3.</summary>
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

    /// <summary>Descriptors of this process, above those of the other process.</summary>
    public IEnumerable<int> Descriptors => _files.Select(f => (int)f.DangerousGetHandle());

    void Add(ReadOnlySpan<byte> content)
    {
        using var file = Handle(Libc.CreateMemoryFile("lightnix", Libc.CloseOnExec));
        var high = High(file);
        _files.Add(high);
        // At an offset, so that the file is read from its beginning.
        RandomAccess.Write(high, content, 0);
    }

    static SafeFileHandle High(SafeHandle file) => Handle(Libc.Control((int)file.DangerousGetHandle(), Libc.DuplicateFrom, Lowest));

    static SafeFileHandle Handle(int descriptor) => descriptor >= 0
        ? new(descriptor, ownsHandle: true)
        : throw new StartException($"a descriptor cannot be made: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    public void Dispose() => _files.ForEach(f => f.Dispose());
}

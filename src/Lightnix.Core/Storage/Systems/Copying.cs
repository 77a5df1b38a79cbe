using Microsoft.Win32.SafeHandles;

namespace Lightnix.Storage;

/// <summary>The two ways in which <see cref="Disk"/> copies a file's bytes.</summary>
static class Copying
{
    // Below this the kernel's copying costs more than it saves.
    const long KernelCopySize = 256 * 1024;

    /// <summary>In the kernel, sharing blocks where the file system can; false where the kernel cannot, and for files with holes, which it
    /// would fill.</summary>
    public static bool TryInKernel(SafeFileHandle source, SafeFileHandle copy, CancellationToken cancellationToken) =>
        Native.IsLinux && RandomAccess.GetLength(source) is >= KernelCopySize and var size && !Native.HasHoles(source, size)
            && Native.TryCopy(source, copy, cancellationToken);

    /// <summary>By reading and hashing. Zeros are not written, so a hole stays a hole.</summary>
    public static (Digest Digest, long Size) Through(SafeFileHandle source, SafeFileHandle copy, CancellationToken cancellationToken)
    {
        var read = Files.Read(source, (bytes, at) =>
        {
            if (bytes.Span.ContainsAnyExcept((byte)0))
                RandomAccess.Write(copy, bytes.Span, at);
        }, null, cancellationToken);
        if (RandomAccess.GetLength(copy) < read.Size)
            RandomAccess.SetLength(copy, read.Size);
        return read;
    }
}

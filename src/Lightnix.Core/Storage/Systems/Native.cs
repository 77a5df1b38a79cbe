using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Storage;

/// <summary>Calls of the system that .NET does not offer: libc on 64-bit Linux, kernel32 on Windows. A caller asks <see cref="IsLinux"/>
/// first and has a portable way beside it. Calls return 0 or an errno; they never follow a symbolic link at the end of a path unless they
/// say so.</summary>
static partial class Native
{
    public const int NotPermitted = 1, NotFound = 2, Interrupted = 4, WouldBlock = 11, AccessDenied = 13, Busy = 16, Exists = 17;
    public const int OtherDevice = 18, NotFolder = 20, Invalid = 22;
    public const int NameTooLong = 36, NoSuchCall = 38, NotEmpty = 39, TooManyLinks = 40, NotSupported = 95;
    const int AtWorkingFolder = -100, AtNoFollow = 0x100, AtRemoveFolder = 0x200, AtEmptyPath = 0x1000, StatxBasic = 0x7ff;
    const int LockExclusiveNow = 2 | 4;
    const int LockSharedNow = 1 | 4;
    const int AccessWrite = 2, AtEffectiveUser = 0x200;
    const int OpenReadWrite = 2, OpenNonBlocking = 0x800, OpenCloseOnExec = 0x80000, OpenAsPath = 0x200000;

    // The kernel gives these two other numbers on ARM and POWER than elsewhere.
    static readonly bool OtherFlags = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Ppc64le;
    static readonly int OpenNoFollow = OtherFlags ? 0x8000 : 0x20000;
    static readonly int OpenFolderOnly = OtherFlags ? 0x4000 : 0x10000;

    /// <summary>True where the calls of libc below may be made: the layouts that they read are those of 64-bit Linux.</summary>
    public static bool IsLinux { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    public static string Describe(int error) => Marshal.GetPInvokeErrorMessage(error);

    /// <summary>An errno as an exception. Like those of .NET it carries the number, so that a message can say what helps.</summary>
    public static IOException Problem(string path, int error) => new($"'{path}': {Describe(error)}", error);

    /// <summary>True when this process may make names in a folder: by its modes, and by how the file system is mounted.</summary>
    public static bool MayWrite(string folder) => faccessat(AtWorkingFolder, folder, AccessWrite, AtEffectiveUser) == 0;

    /// <summary>What is at a path, or an errno.</summary>
    public static (FileFacts? Facts, int Error) Facts(string path, bool follow)
    {
        Span<byte> buffer = stackalloc byte[256];
        return statx(AtWorkingFolder, path, follow ? 0 : AtNoFollow, StatxBasic, ref MemoryMarshal.GetReference(buffer)) == 0
            ? (ReadFacts(buffer), 0)
            : (null, Marshal.GetLastPInvokeError());
    }

    /// <summary>What an open handle is of.</summary>
    public static FileFacts Facts(SafeFileHandle file)
    {
        Span<byte> buffer = stackalloc byte[256];
        return statx(file, "", AtEmptyPath, StatxBasic, ref MemoryMarshal.GetReference(buffer)) == 0
            ? ReadFacts(buffer)
            : throw new IOException(Describe(Marshal.GetLastPInvokeError()));
    }

    // The layout of struct statx is the same on every architecture.
    static FileFacts ReadFacts(ReadOnlySpan<byte> statx)
    {
        static long Nanoseconds(ReadOnlySpan<byte> time) =>
            (MemoryMarshal.Read<long>(time) * 1_000_000_000) + MemoryMarshal.Read<uint>(time[8..]);
        var mode = MemoryMarshal.Read<ushort>(statx[28..]);
        var kind = (mode & 0xF000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            0x1000 => FileKind.Fifo,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
        var device = ((ulong)MemoryMarshal.Read<uint>(statx[136..]) << 32) | MemoryMarshal.Read<uint>(statx[140..]);
        var (size, links) = (MemoryMarshal.Read<long>(statx[40..]), MemoryMarshal.Read<uint>(statx[16..]));
        return new(kind, mode & 0xFFF, size, links, Nanoseconds(statx[112..]),
            new(MemoryMarshal.Read<ulong>(statx[32..]), device, Nanoseconds(statx[96..])));
    }

    /// <summary>Opens a file for reading; never waits for the writer of a FIFO. Takes no lock, as .NET's own opening does.</summary>
    public static (SafeFileHandle? File, int Error) OpenForReading(string path, bool follow) =>
        Opened(open(path, OpenNonBlocking | OpenCloseOnExec | (follow ? 0 : OpenNoFollow)));

    /// <summary>Opens a file below a folder for reading, by <c>openat2</c>: neither a link nor <c>..</c> on the way is followed.</summary>
    public static (SafeFileHandle? File, int Error) OpenBelow(SafeFileHandle folder, string path)
    {
        const long openAt = 437, below = 0x08, withoutLinks = 0x04;
        // struct open_how: flags, mode, what is followed.
        ReadOnlySpan<long> how = [OpenNonBlocking | OpenCloseOnExec | OpenNoFollow, 0, below | withoutLinks];
        return Opened((int)syscall(openAt, folder, path, ref MemoryMarshal.GetReference(how), how.Length * sizeof(long)));
    }

    /// <summary>Opens an existing file for <see cref="TryLock"/>; for reading where writing is not allowed.</summary>
    public static (SafeFileHandle? File, int Error) OpenForLocking(string path)
    {
        var opened = Opened(open(path, OpenReadWrite | OpenCloseOnExec | OpenNoFollow));
        return opened.Error == AccessDenied ? OpenForReading(path, follow: false) : opened;
    }

    /// <summary>Makes an empty file, or empties the one that is there. Unlike .NET's way it takes no lock, not even for a moment.</summary>
    public static int Create(string path)
    {
        var (file, error) = Opened(creat(path, 0x1B6));
        file?.Dispose();
        return error;
    }

    static (SafeFileHandle? File, int Error) Opened(int descriptor) =>
        descriptor < 0 ? (null, Marshal.GetLastPInvokeError()) : (new SafeFileHandle(descriptor, ownsHandle: true), 0);

    /// <summary>Takes the exclusive kernel lock of an open file, or fails at once with <see cref="WouldBlock"/>.</summary>
    public static int TryLock(SafeFileHandle file) => Repeat(() => flock(file, LockExclusiveNow));

    /// <summary>Takes a kernel lock that others may share, for which a file that may only be read is enough; fails at once with
    /// <see cref="WouldBlock"/>.</summary>
    public static int TryShareLock(SafeFileHandle file) => Repeat(() => flock(file, LockSharedNow));

    public static int Link(string existing, string path) => Error(link(existing, path));

    public static int Rename(string from, string to) => Error(rename(from, to));

    public static int SetMode(string path, int mode) => Error(chmod(path, (uint)mode));

    /// <summary>Sets the times of a file, a folder or a link itself.</summary>
    public static int SetTime(string path, long unixSeconds)
    {
        ReadOnlySpan<long> times = [unixSeconds, 0, unixSeconds, 0];
        return Error(utimensat(AtWorkingFolder, path, ref MemoryMarshal.GetReference(times), AtNoFollow));
    }

    public static (SafeFileHandle? Folder, int Error) OpenFolder(string path) => Opened(open(path, OpenFolderOnly | OpenCloseOnExec));

    /// <summary>Syncs a file or folder. Unlike .NET's way it reports a failure; what cannot be synced at all (a folder on some file
    /// systems) is no failure.</summary>
    public static int Sync(SafeFileHandle file) => Repeat(() => fsync(file)) is not (Invalid or NotSupported) and var error ? error : 0;

    /// <summary>Syncs the whole file system that a file or folder is on.</summary>
    public static int SyncFileSystem(string path)
    {
        var (file, error) = OpenForReading(path, follow: false);
        using (file)
            return file is null ? error : Repeat(() => syncfs(file));
    }

    /// <summary>Asks the kernel to begin writing a file to the disk. Only a hint: what counts is the sync that follows.</summary>
    public static void StartWriting(SafeFileHandle file)
    {
        const int write = 2;
        _ = sync_file_range(file, 0, 0, write);
    }

    /// <summary>True where a part of a file takes no room on the disk: it reads as zeros.</summary>
    public static bool HasHoles(SafeFileHandle file, long size)
    {
        const int hole = 4, start = 0;
        var first = lseek(file, 0, hole);
        // Copying in the kernel begins where the handle stands.
        _ = lseek(file, 0, start);
        return first >= 0 && first < size;
    }

    /// <summary>The stretch of data at or behind an offset: where it begins, and where the hole behind it does. Null where the file system
    /// has no answer.</summary>
    public static (long Data, long Hole)? NextData(SafeFileHandle file, long from)
    {
        const int data = 3, hole = 4, end = 2, noMoreData = 6;
        var begins = lseek(file, from, data);
        if (begins < 0)
            return Marshal.GetLastPInvokeError() == noMoreData && lseek(file, 0, end) is > 0 and var size && size > from
                ? (size, size)
                : null;
        return lseek(file, begins, hole) is >= 0 and var ends ? (begins, ends) : null;
    }

    /// <summary>Copies bytes in the kernel, sharing blocks where the file system can; false where it cannot copy so at all.</summary>
    public static bool TryCopy(SafeFileHandle from, SafeFileHandle to, CancellationToken cancellationToken)
    {
        // A call cannot be interrupted: each takes no more than about a second on a slow disk.
        const int atOnce = 64 << 20;
        for (var copied = 0L; ; cancellationToken.ThrowIfCancellationRequested())
        {
            var count = copy_file_range(from, 0, to, 0, atOnce, 0);
            if (count == 0)
                return copied > 0;
            if (count > 0)
                copied += count;
            else if (Marshal.GetLastPInvokeError() is var error && error != Interrupted)
                return copied == 0 ? false : throw new IOException(Describe(error));
        }
    }

    /// <summary>The target of a symbolic link, as its bytes.</summary>
    public static byte[] LinkTarget(string path)
    {
        var buffer = new byte[4096];
        var length = (int)readlink(path, ref buffer[0], (nuint)buffer.Length);
        return length < 0 ? throw new IOException($"'{path}': {Describe(Marshal.GetLastPInvokeError())}") : buffer[..length];
    }

    /// <summary>The names in a folder as their bytes, without <c>.</c> and <c>..</c>; null with an errno.</summary>
    public static (List<byte[]>? Names, int Error) Names(string folder)
    {
        var stream = opendir(folder);
        return stream == 0 ? (null, Marshal.GetLastPInvokeError()) : (Read(stream).ConvertAll(e => e.Name), 0);
    }

    static unsafe List<(byte[] Name, byte Type)> Read(nint stream)
    {
        var entries = new List<(byte[], byte)>();
        for (var entry = readdir(stream); entry != null; entry = readdir(stream))
        {
            // struct dirent64: inode, offset, record length, type, name.
            var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + 19);
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                entries.Add((name.ToArray(), entry[18]));
        }
        var error = Marshal.GetLastPInvokeError();
        _ = closedir(stream);
        // A folder that ends early because of a bad disk must not look complete.
        return error == 0 ? entries : throw new IOException(Describe(error));
    }

    static int Error(int result) => result == 0 ? 0 : Marshal.GetLastPInvokeError();

    static int Repeat(Func<int> call)
    {
        int error;
        do
            error = Error(call());
        while (error == Interrupted);
        return error;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int faccessat(int at, string path, int mode, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int at, string path, int flags, uint mask, ref byte buffer);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(SafeFileHandle at, string path, int flags, uint mask, ref byte buffer);

    // The third parameter of open and openat is variadic, which not every calling convention forgives: it stays away.
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long syscall(long number, SafeFileHandle folder, string path, ref long how, nint size);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int creat(string path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(SafeFileHandle file, int operation);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int syncfs(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sync_file_range(SafeFileHandle file, long offset, long count, uint flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string existing, string path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int chmod(string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int utimensat(int at, string path, ref long times, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial long lseek(SafeFileHandle file, long offset, int whence);

    [LibraryImport("libc", SetLastError = true)]
    private static partial long copy_file_range(SafeFileHandle from, nint fromOffset, SafeFileHandle to, nint toOffset, nuint length,
        uint flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint readlink(string path, ref byte buffer, nuint size);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint opendir(string path);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial byte* readdir(nint stream);

    [LibraryImport("libc")]
    private static partial int closedir(nint stream);
}

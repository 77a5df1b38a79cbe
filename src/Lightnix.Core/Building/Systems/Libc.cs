using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>Functions of the C library that .NET 10 lacks. Constants are those of Linux, and of macOS where they differ.</summary>
static unsafe partial class Libc
{
    public const int Interrupted = 4;
    public const int Sigterm = 15;
    public const int Sigkill = 9;
    public const int ById = 1;
    public const int OpenWrite = 1;
    public const short SetDefaultSignals = 0x04;
    public const short SetSignalMask = 0x08;
    public static readonly short SetSession = (short)(OperatingSystem.IsMacOS() ? 0x0400 : 0x80);
    public static readonly int OpenAppend = OperatingSystem.IsMacOS() ? 0x8 : 0x400;

    /// <summary>Waits for an exit, and keeps the dead process.</summary>
    public static readonly int ExitedKeep = 0x4 | (OperatingSystem.IsMacOS() ? 0x20 : 0x0100_0000);

    /// <summary>Enough for <c>posix_spawnattr_t</c>, <c>posix_spawn_file_actions_t</c>, <c>sigset_t</c> and <c>siginfo_t</c>.</summary>
    public const int Room = 1024;

    /// <summary>Null in older C libraries (glibc before 2.29).</summary>
    public static readonly delegate* unmanaged<void*, byte*,
        int> AddChangeFolder = (delegate* unmanaged<void*, byte*, int>)Find("posix_spawn_file_actions_addchdir_np");

    /// <summary>Null in other C libraries (glibc before 2.34, macOS).</summary>
    public static readonly delegate* unmanaged<void*, int,
        int> AddCloseFrom = (delegate* unmanaged<void*, int, int>)Find("posix_spawn_file_actions_addclosefrom_np");

    static nint Find(string name) =>
        NativeLibrary.TryLoad("libc", typeof(Libc).Assembly, null, out var library)
            && NativeLibrary.TryGetExport(library, name, out var address) ? address : 0;

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    public static partial int Spawn(out int process, byte* file, void* actions, void* attributes, byte** words, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial int AddOpen(void* actions, int descriptor, byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(void* actions, int descriptor, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial int InitAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetDefaults(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    public static partial int AllSignals(void* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    public static partial int NoSignals(void* signals);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int kind, int id, void* information, int options);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int process, out int status, int options);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    /// <summary><c>struct winsize</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, ref WindowSize size);

    public const short PollIn = 1;

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Poll
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }

    // The count is a long on Linux and an int on macOS, which makes no difference for small numbers.
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int WaitFor(Poll* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* to, nuint count);

    /// <summary><c>MFD_CLOEXEC</c>, Linux only.</summary>
    public const uint CloseOnExec = 1;

    /// <summary><c>F_DUPFD_CLOEXEC</c>: the lowest free descriptor that is not below a number. Linux only.</summary>
    public const int DuplicateFrom = 1030;

    /// <summary><c>F_SETPIPE_SZ</c>, Linux only.</summary>
    public const int SetPipeSize = 1031;

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int operation, int argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(SafeHandle file, int operation, int argument);

    // F_GETFL, F_SETFL and O_NONBLOCK of Linux.
    public const int GetFlags = 3, SetFlagsOfFile = 4, NonBlocking = 0x800;

    public const long JoinSessionKeyring = 1;

    /// <summary>The number of <c>keyctl</c>, for which the C library has no function. Linux only.</summary>
    public static long? KeyControlNumber => !OperatingSystem.IsLinux() ? null : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 250,
        Architecture.Arm64 => 219,
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial long KeyControl(long number, long operation, nint name);

    /// <summary><c>pidfd_open</c>, Linux 5.3: a descriptor of a process. Unlike an id, it is never another's.</summary>
    public const long OpenProcess = 434;

    /// <summary><c>pidfd_send_signal</c>.</summary>
    public const long SignalProcess = 424;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial long Call(long number, long first, long second = 0, long third = 0, long fourth = 0);

    /// <summary><c>CLONE_NEWNS</c>: mounts of the calling thread alone. Linux only.</summary>
    public const int OwnMounts = 0x0002_0000;

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int what);

    // MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_SLAVE.
    public const nuint MountReadOnly = 0x1, MountAgain = 0x20, MountBind = 0x1000, MountAll = 0x4000, MountSlave = 0x8_0000;

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string? source, string target, string? kind, nuint flags, nint data = 0);

    [LibraryImport("libc", EntryPoint = "getsid", SetLastError = true)]
    public static partial int SessionOf(int process);
}

using System.Runtime.InteropServices;

namespace Lightnix.Torture;

/// <summary>
/// A system call that the kernel refuses this process from now on (seccomp): what a file system that cannot lock, or a dying disk, answers.
/// </summary>
static unsafe partial class RefusedCall
{
    const int NoNewPrivileges = 38, Seccomp = 317, SetFilter = 1, AllThreads = 1;
    const ushort Load = 0x20, JumpIfEqual = 0x15, Return = 0x06;
    const uint Allow = 0x7fff0000, Errno = 0x00050000;

    /// <summary>True where this was written for: the numbers are those of x64.</summary>
    public static bool IsKnown => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <param name="what"><c>locking</c>: flock gives ENOLCK; <c>syncing</c>: fsync and syncfs give EIO; <c>honesty</c>: they say that they
    /// did, which shows by hand what a power cut is worth.</param>
    public static void Install(string what)
    {
        (uint[] calls, uint error) = what switch
        {
            "locking" => (new uint[] { 73 }, 37u),
            "syncing" => ([74, 75, 306], 5u),
            "honesty" => ([74, 75, 306], 0u),
            _ => throw new ArgumentException($"unknown call '{what}'", nameof(what)),
        };
        var program = new List<Instruction> { new(Load, 0, 0, 0) };
        foreach (var (call, i) in calls.Select((c, i) => (c, i)))
            program.Add(new(JumpIfEqual, (byte)(calls.Length - i), 0, call));
        program.Add(new(Return, 0, 0, Allow));
        program.Add(new(Return, 0, 0, Errno | error));
        fixed (Instruction* instructions = program.ToArray())
        {
            var filter = new Filter { Length = (ushort)program.Count, Instructions = instructions };
            if (prctl(NoNewPrivileges, 1, 0, 0, 0) != 0 || syscall(Seccomp, SetFilter, AllThreads, &filter) != 0)
                throw new InvalidOperationException($"no seccomp: errno {Marshal.GetLastPInvokeError()}");
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    readonly record struct Instruction(ushort Code, byte True, byte False, uint Value);

    [StructLayout(LayoutKind.Sequential)]
    struct Filter
    {
        public ushort Length;
        public Instruction* Instructions;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint operation, nint flags, Filter* filter);
}

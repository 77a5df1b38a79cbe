using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>The system calls that a builder in the sandbox is refused (<c>bwrap --seccomp</c>). They would escape the namespaces: new user
/// namespaces, sockets of families without a namespace, the user's keys, terminals, and the sandbox's own processes.</summary>
static class SystemCallFilter
{
    const int NotPermitted = 1, NoSuchCall = 38, NoSuchFamily = 97;

    /// <summary><c>CLONE_NEWUSER</c>. Every other namespace needs a capability, which only a new user namespace gives.</summary>
    const uint NewUserNamespace = 0x1000_0000;

    /// <summary>Numbers from here on are calls of the x32 ABI.</summary>
    const uint X32 = 0x4000_0000;

    /// <summary>Families that a network namespace separates: <c>AF_UNIX</c>, <c>AF_INET</c>, <c>AF_INET6</c>.</summary>
    static readonly ImmutableArray<uint> Families = [1, 2, 10];

    /// <summary><c>AF_NETLINK</c>. Only its protocol <c>NETLINK_ROUTE</c> (0) passes, by which the C library lists addresses.</summary>
    const uint Netlink = 16;

    /// <summary>Bubblewrap's process 1 and the guard. A tracer of the first could make it outlive the build and report any exit
    /// code.</summary>
    static readonly ImmutableArray<uint> OwnProcesses = [1, 2];

    /// <summary>A request of <c>ptrace</c> whose second argument means nothing.</summary>
    const uint TraceMe = 0;

    /// <summary>Numbers of calls in one ABI.</summary>
    /// <param name="Kernel">The kernel's number (<c>AUDIT_ARCH_…</c>).</param>
    /// <param name="Keys"><c>add_key</c>, <c>request_key</c>, <c>keyctl</c>. No namespace separates keyrings.</param>
    /// <param name="Memory"><c>process_vm_readv</c>, <c>process_vm_writev</c>.</param>
    /// <param name="Control"><c>fcntl</c>.</param>
    /// <param name="Fork"><c>clone</c>.</param>
    /// <param name="Device"><c>ioctl</c>.</param>
    /// <param name="SocketCall">One call for all sockets, whose arguments the filter cannot read; 0: there is none.</param>
    sealed record Abi(uint Kernel, uint Fork, uint Device, uint Unshare, uint Socket, uint SocketPair,
        ImmutableArray<uint> Keys, uint Trace, ImmutableArray<uint> Memory, ImmutableArray<uint> Control, uint SocketCall = 0,
            bool HasX32 = false);

    /// <summary>A 64-bit kernel runs 32-bit programs too, so each processor has two.</summary>
    static readonly ImmutableDictionary<Architecture, ImmutableArray<Abi>> Abis =
        ImmutableDictionary.CreateRange<Architecture, ImmutableArray<Abi>>(
    [
        new(Architecture.X64,
        [
            new(0xC000_003E, Fork: 56, Device: 16, Unshare: 272, Socket: 41, SocketPair: 53, Keys: [248, 249, 250],
                Trace: 101, Memory: [310, 311], Control: [72], HasX32: true),
            new(0x4000_0003, Fork: 120, Device: 54, Unshare: 310, Socket: 359, SocketPair: 360, Keys: [286, 287, 288],
                Trace: 26, Memory: [347, 348], Control: [55, 221], SocketCall: 102),
        ]),
        new(Architecture.Arm64,
        [
            new(0xC000_00B7, Fork: 220, Device: 29, Unshare: 97, Socket: 198, SocketPair: 199, Keys: [217, 218, 219],
                Trace: 117, Memory: [270, 271], Control: [25]),
            new(0x4000_0028, Fork: 120, Device: 54, Unshare: 337, Socket: 281, SocketPair: 288, Keys: [309, 310, 311],
                Trace: 26, Memory: [376, 377], Control: [55, 221]),
        ]),
    ]);

    /// <summary>The same number in all ABIs. The filter cannot read its flags, so programs have to use <c>clone</c>.</summary>
    const uint Clone3 = 435;

    /// <summary>A ring makes sockets without a system call. Programs work without it.</summary>
    const uint SetUpRing = 425;

    /// <summary><c>pidfd_getfd</c> takes a descriptor from another process, unseen by the filter. One number in all ABIs.</summary>
    const uint TakeDescriptor = 438;

    /// <summary><c>F_SETLEASE</c> makes other processes wait for a file, also outside.</summary>
    const uint SetLease = 1024;

    /// <summary><c>TIOCSTI</c> and <c>TIOCLINUX</c>, which write to a terminal as if its user had typed.</summary>
    static readonly ImmutableArray<uint> Typing = [0x5412, 0x541C];

    /// <summary>The filter as bytes.</summary>
    /// <param name="network">All families of sockets pass.</param>
    /// <returns>Null for an unknown processor.</returns>
    public static ReadOnlyMemory<byte>? For(Architecture processor, bool network)
    {
        if (Abis.GetValueOrDefault(processor) is not { IsDefaultOrEmpty: false } abis)
            return null;
        var program = new FilterProgram();
        foreach (var abi in abis)
            program.WhenAbi(abi.Kernel, () => Refuse(program, abi, network));
        // A call of an unknown ABI.
        program.Fail(NoSuchCall);
        return program.ToBytes();
    }

    static void Refuse(FilterProgram program, Abi abi, bool network)
    {
        if (abi.HasX32)
            program.WhenCallFrom(X32, () => program.Fail(NoSuchCall));
        program.WhenCall(Clone3, () => program.Fail(NoSuchCall));
        foreach (var call in new[] { abi.Fork, abi.Unshare })
            program.WhenCall(call, () =>
            {
                program.WhenArgumentHas(0, NewUserNamespace, () => program.Fail(NotPermitted));
                program.Allow();
            });
        foreach (var call in abi.Keys)
            program.WhenCall(call, () => program.Fail(NoSuchCall));
        foreach (var call in abi.Control)
            program.WhenCall(call, () => program.WhenArgumentIs(1, SetLease, () => program.Fail(NotPermitted)));
        program.WhenCall(abi.Device, () =>
        {
            foreach (var request in Typing)
                program.WhenArgumentIs(1, request, () => program.Fail(NotPermitted));
            program.Allow();
        });
        RefuseOwnProcesses(program, abi);
        if (!network)
            RefuseSockets(program, abi);
        program.Allow();
    }

    /// <summary>A builder may trace its own processes, as debuggers and leak detectors do.</summary>
    static void RefuseOwnProcesses(FilterProgram program, Abi abi)
    {
        program.WhenCall(TakeDescriptor, () => program.Fail(NotPermitted));
        program.WhenCall(abi.Trace, () =>
        {
            program.WhenArgumentIs(0, TraceMe, program.Allow);
            RefuseOwn(argument: 1);
        });
        foreach (var call in abi.Memory)
            program.WhenCall(call, () => RefuseOwn(argument: 0));

        void RefuseOwn(uint argument)
        {
            foreach (var process in OwnProcesses)
                program.WhenArgumentIs(argument, process, () => program.Fail(NotPermitted));
            program.Allow();
        }
    }

    static void RefuseSockets(FilterProgram program, Abi abi)
    {
        program.WhenCall(SetUpRing, () => program.Fail(NoSuchCall));
        foreach (var call in new[] { abi.Socket, abi.SocketPair })
            program.WhenCall(call, () =>
            {
                foreach (var family in Families)
                    program.WhenArgumentIs(0, family, program.Allow);
                program.WhenArgumentIs(0, Netlink, () => program.WhenArgumentIs(2, 0, program.Allow));
                program.Fail(NoSuchFamily);
            });
        // socket and socketpair: present 32-bit programs use the calls above.
        if (abi.SocketCall != 0)
            foreach (var kind in new uint[] { 1, 8 })
                program.WhenCall(abi.SocketCall, () => program.WhenArgumentIs(0, kind, () => program.Fail(NoSuchFamily)));
    }
}

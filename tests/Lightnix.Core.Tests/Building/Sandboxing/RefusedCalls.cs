namespace Lightnix.Building;

/// <summary>System calls that no namespace confines, tried by the user who runs the tests and by an ordinary user.</summary>
[Trait("Speed", "Slow")]
public sealed class RefusedCalls : IDisposable
{
    readonly Users _users = new();

    public void Dispose() => _users.Dispose();

    /// <summary>Python without a C library in between: prints what each call returned, or the name of its error.</summary>
    static Task<string> Calls(BuilderBench bench, params string[] calls)
    {
        bench.Write("calls.py", "import ctypes, errno\nlibc = ctypes.CDLL(None, use_errno=True)\n"
            + "def call(*a):\n    r = libc.syscall(*map(ctypes.c_long, a))\n    print('allowed' if r >= 0 else "
                + "errno.errorcode[ctypes.get_errno()])\n"
            + "def number(*a):\n    return libc.syscall(*map(ctypes.c_long, a))\n"
            + "def write(file):\n    try:\n        open(file, 'r+b', 0)\n        print('allowed')\n    except OSError as e:\n        "
                + "print(errno.errorcode[e.errno])\n" + string.Join('\n', calls) + "\n");
        return Users.Prints(bench, "/usr/bin/python3 calls.py 2>&1");
    }

    static bool Has(string file) =>
        File.Exists(file)
        && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64;

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_user_namespace_can_be_made(bool ordinary)
    {
        var bench = _users.Bench(ordinary);
        Assert.Equal("unshare: unshare failed: Operation not permitted\n", await Users.Prints(bench, "unshare --user true"));
        if (Has("/usr/bin/python3"))
        {
            // unshare, clone with SIGCHLD, clone3, and the x32 number of unshare.
            Assert.Equal("EPERM\nEPERM\nENOSYS\nENOSYS\nallowed\n",
                await Calls(bench, "call(272, 0x10000000)", "call(56, 0x10000011, 0, 0, 0, 0)", "call(435, 0, 88)",
                    "call(272 + 0x40000000, 0x10000000)", "call(39)"));
        }
    }

    [SandboxTheory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Sockets_of_other_families_belong_to_the_network(bool ordinary, bool network)
    {
        if (!Has("/usr/bin/python3"))
            return;
        var bench = _users.Bench(ordinary);
        bench.Network = network;
        // socket(AF_UNIX, AF_INET, AF_INET6, AF_NETLINK with its route, …
        Assert.Equal("allowed\nallowed\nallowed\nallowed\n",
            await Calls(bench, "call(41, 1, 1, 0)", "call(41, 2, 1, 0)", "call(41, 10, 1, 0)", "call(41, 16, 3, 0)"));
        // … AF_NETLINK with the kernel's events, AF_ALG, AF_VSOCK, AF_BLUETOOTH, AF_QIPCRTR), socketpair(AF_VSOCK), io_uring_setup.
        var other = await Calls(bench, "call(41, 16, 3, 15)", "call(41, 38, 5, 0)", "call(41, 40, 1, 0)", "call(41, 31, 3, 0)",
            "call(41, 42, 2, 0)", "call(53, 40, 1, 0, 0)", "call(425, 1, 0)");
        if (network)
            Assert.StartsWith("allowed\n", other, StringComparison.Ordinal);
        else
            Assert.Equal("EAFNOSUPPORT\nEAFNOSUPPORT\nEAFNOSUPPORT\nEAFNOSUPPORT\nEAFNOSUPPORT\nEAFNOSUPPORT\nENOSYS\n", other);
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_calls_of_32_bit_programs_are_refused_too(bool ordinary)
    {
        if (!Has("/usr/bin/gcc"))
            return;
        var bench = _users.Bench(ordinary);
        bench.Write("calls.c", """
            #include <stdio.h>
            static int call(int number, int a, int b, int c) {
              int r;
              __asm__ volatile("int $0x80" : "=a"(r) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory", "r8", "r9", "r10", "r11");
              return r;
            }
            int main() {
              if (call(20, 0, 0, 0) < 0) { puts("none"); return 0; }
              printf("%d %d %d %d %d %d\n",
                call(310, 0x10000000, 0, 0), call(120, 0x10000011, 0, 0), call(435, 0, 88, 0), call(359, 40, 1, 0),
                call(102, 1, 0, 0), call(359, 1, 1, 0) >= 0);
            }
            """);
        var printed = await Users.Prints(bench, "gcc -o calls calls.c && (./calls || echo none)");
        // A kernel without 32-bit programs refuses such a call, or ends its process.
        Assert.True(printed is "-1 -1 -38 -97 -97 1\n" || printed.EndsWith("none\n", StringComparison.Ordinal), printed);
    }

    [SandboxTheory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Keys_cannot_be_reached(bool ordinary, bool network)
    {
        if (!Has("/usr/bin/python3"))
            return;
        var bench = _users.Bench(ordinary);
        bench.Network = network;
        // add_key and request_key without a name, and keyctl(KEYCTL_GET_KEYRING_ID) of the user's own keyring.
        Assert.Equal("ENOSYS\nENOSYS\nENOSYS\n",
            await Calls(bench, "call(248, 0, 0, 0, 0, -4)", "call(249, 0, 0, 0, -4)", "call(250, 0, -4, 0)"));
    }

    [SandboxTheory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task The_processes_of_the_sandbox_cannot_be_traced(bool ordinary, bool network)
    {
        if (!Has("/usr/bin/python3"))
            return;
        var bench = _users.Bench(ordinary);
        bench.Network = network;
        // PTRACE_SEIZE, PTRACE_ATTACH, process_vm_readv and process_vm_writev of nothing, of bubblewrap's process and of the guard …
        Assert.Equal("EPERM\nEPERM\nEPERM\nEPERM\nEPERM\nEPERM\nEPERM\nEPERM\n", await Calls(bench, [.. new[] { 1, 2 }.SelectMany(p => new[]
            { $"call(101, 0x4206, {p}, 0, 0)", $"call(101, 16, {p}, 0, 0)", $"call(310, {p}, 0, 0, 0, 0, 0)",
                $"call(311, {p}, 0, 0, 0, 0, 0)" })]));
        // … a descriptor of theirs, and their memory as a file. A number is the lower half of an argument.
        Assert.Equal("EPERM\nEPERM\nEROFS\nEROFS\n",
            await Calls(bench, "call(438, number(434, 1), 0, 0)", "call(101, 0x4206, 1 << 32 | 1, 0, 0)", "write('/proc/1/mem')",
            "write('/proc/2/mem')"));
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_builder_may_trace_its_own_processes(bool ordinary)
    {
        if (!Has("/usr/bin/python3"))
            return;
        Assert.Equal("allowed\nallowed\n",
            await Calls(_users.Bench(ordinary), "import os, signal", "child = os.fork()", "if child == 0: signal.pause()",
            "call(101, 0x4206, child, 0, 0)", "call(310, child, 0, 0, 0, 0, 0)", "os.kill(child, 9)", "os.waitpid(child, 0)"));
    }

    [SandboxFact]
    public async Task Programs_find_their_addresses_and_threads()
    {
        var bench = _users.Bench(ordinary: false);
        bench.Write("x.cs",
            "Console.WriteLine(System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces().Length > 0); await "
            + "Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => i)));");
        Assert.True(await bench.Script("dotnet", "x.cs") is BuildOutcome.Completed, bench.Log);
        Assert.Equal("True\n", bench.Log);
    }
}

using System.Net;
using System.Net.Sockets;

namespace Lightnix.Building;

/// <summary>
/// Ways out of the sandbox, each tried by the user who runs the tests and, where that is root, by an ordinary user too: none leads out.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class Escapes : IDisposable
{
    readonly Users _users = new();

    public void Dispose() => _users.Dispose();

    BuilderBench Bench(bool ordinary) => _users.Bench(ordinary);

    static Task<string> Prints(BuilderBench bench, string command) => Users.Prints(bench, command);

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_root_of_another_process_is_the_same(bool ordinary)
    {
        var bench = Bench(ordinary);
        Assert.Equal("end\n", await Prints(bench,
            $"for p in 1 self $PPID $$; do cat /proc/$p/root{bench.LogFile} /proc/$p/cwd/../log; ls -d /proc/$p/root{bench.Root}; done 2> "
            + "/dev/null; echo end"));
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_descriptor_leads_out(bool ordinary)
    {
        var bench = Bench(ordinary);
        await using var leak = new FileStream(Path.Combine(_users.Root, "secret"), FileMode.Create, FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Inheritable);
        // Of all processes there are: what can be read is empty input, the guard's report, the builder's own variables (in memory), and
        // pipes: the log's, and bubblewrap's own.
        var seen = await Prints(bench,
            "for f in /proc/[0-9]*/fd/*; do readlink $f; done 2> /dev/null | grep -vE '^(/dev/null|/proc/.*|/memfd:lightnix "
            + ".*|pipe:.*|anon_inode:.*|socket:.*)$' | sort -u");
        Assert.Equal([bench.LogFile + ".sandbox"], seen.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l != "/"));
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_has_no_powers_and_gets_none(bool ordinary)
    {
        var bench = Bench(ordinary);
        bench.Write("id", "");
        File.Copy("/usr/bin/id", Path.Combine(bench.Folder, "id"), overwrite: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(bench.Folder, "id"), (UnixFileMode)0x9ED); // Set-user-id, of the user who runs the tests.
        Assert.Equal(
            "CapInh 0000000000000000\nCapPrm 0000000000000000\nCapEff 0000000000000000\nCapAmb 0000000000000000\nNoNewPrivs 1\n1000\n",
            await Prints(bench, "sed -nE 's/^(CapInh|CapPrm|CapEff|CapAmb|NoNewPrivs):\\s*/\\1 /p' /proc/self/status; ./id -u"));
        Assert.DoesNotContain("done", await Prints(bench,
            "mount -t tmpfs x out && echo done; umount /proc && echo done; mknod out/d b 7 0 && echo done; chroot / true && echo done; "
            + "nsenter -t 1 -m true && echo done; true"), StringComparison.Ordinal);
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_devices_of_no_machine_are_there(bool ordinary)
    {
        var devices = (await Prints(Bench(ordinary), "ls /dev; ls -A /dev/shm; (: > /dev/tty) 2>&1 | sed 's/.*: //'"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("No such device or address", devices[^1]); // So there is no terminal to put words into.
        Assert.Subset(new HashSet<string> { "core", "fd", "full", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout",
            "tty", "urandom", "zero" }, devices[..^1].ToHashSet());
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_of_the_system_can_be_written_to(bool ordinary)
    {
        // In /dev are devices that may be written to, and that is all that may.
        var all = await Prints(Bench(ordinary),
            "(: > /dev/x) 2> /dev/null && echo device; find / -maxdepth 2 \\( -type f -o -type d \\) -writable 2> /dev/null | grep -vE "
            + "'^/(proc|dev)/' | sort; find /proc/sys /proc/sysrq-trigger /proc/irq /proc/bus /sys /etc /run /var \\( -type f -o -type d "
            + "\\) -writable 2> /dev/null | head -3");
        // Home and temporary folder belong to root, where an ordinary user is only played.
        Assert.Equal(["/stage", "/stage/out"],
            all.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(["/stage/.home", "/stage/.tmp", "/tmp"]));
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nodes_of_devices_stay_as_they_are(bool ordinary)
    {
        // To what they are already, since they are the machine's own. By their names, and by the descriptor of the empty input.
        var changed = await Prints(Bench(ordinary), """
            cd /dev
            for d in null zero full random urandom tty; do
              chmod $(stat -c %a $d) $d && echo $d
              chown 1000:1000 $d && echo $d
              touch -d @$(stat -c %Y $d) $d && echo $d
            done 2> /dev/null
            chmod $(stat -L -c %a /proc/self/fd/0) /proc/self/fd/0 2> /dev/null && echo input
            echo x > null && head -c 2 zero | wc -c && /bin/echo x 2>&1 > full | sed 's/.*: //'
            """);
        Assert.Equal("2\nNo space left on device\n", changed);
    }

    [SandboxFact]
    public async Task Mounts_of_its_own_are_no_mounts_of_the_machine()
    {
        var before = await File.ReadAllTextAsync("/proc/self/mountinfo");
        await Prints(Bench(ordinary: false), "true");
        Assert.Equal(before, await File.ReadAllTextAsync("/proc/self/mountinfo"));
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_gets_three_descriptors(bool ordinary) =>
        Assert.Equal("0\n1\n2\n", await Prints(Bench(ordinary), "ls /proc/$$/fd; true"));

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Processes_outside_are_out_of_reach(bool ordinary) =>
        Assert.Equal("none\n", await Prints(Bench(ordinary),
            $"kill -0 {Environment.ProcessId} 2> /dev/null && echo reached; "
            + $"test -e /proc/{Environment.ProcessId} && echo seen; echo none"));

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sockets_without_a_file_belong_to_the_network(bool ordinary)
    {
        var name = $"lightnix-{Guid.NewGuid():N}";
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint("\0" + name));
        listener.Listen();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var command =
            $"perl -e 'use Socket; socket(S, AF_UNIX, SOCK_STREAM, 0); print connect(S, pack_sockaddr_un(\"\\0{name}\")) ? \"reached\" : "
            + "$!, \"\\n\"; "
            + $"socket(T, AF_INET, SOCK_STREAM, 0); print connect(T, pack_sockaddr_in({((IPEndPoint)server.LocalEndpoint).Port}, "
                + "inet_aton(\"127.0.0.1\"))) ? \"reached\" : $!, \"\\n\"'";
        var bench = Bench(ordinary);
        Assert.Equal("Connection refused\nConnection refused\n", await Prints(bench, command));
        bench.Network = true;
        Assert.Equal("reached\nreached\n", await Prints(bench, command));
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keys_of_the_session_are_not_its_own(bool ordinary)
    {
        // keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING): the session's number, here and there.
        if (Libc.KeyControlNumber is not { } number)
            return;
        var command = $"perl -e 'print syscall({number}, 0, -3, 1), \"\\n\"'";
        using var bare = new BuilderBench();
        await bare.Sh(command);
        var log = await Prints(Bench(ordinary), command);
        Assert.Matches("^-?[0-9]+\n$", log);
        if (!log.StartsWith('-'))
            Assert.NotEqual(bare.Log, log);
    }
}

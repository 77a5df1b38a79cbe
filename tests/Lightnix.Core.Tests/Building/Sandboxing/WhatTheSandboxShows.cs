using System.Net.Sockets;

namespace Lightnix.Building;

/// <summary>Claims of docs/sandbox.md that no other test tries, by the user who runs the tests and by an ordinary user.</summary>
[Trait("Speed", "Slow")]
public sealed class WhatTheSandboxShows : IDisposable
{
    readonly Users _users = new();

    public void Dispose() => _users.Dispose();

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_the_system_the_stage_and_nothing_else(bool ordinary)
    {
        var bench = _users.Bench(ordinary);
        var names = (
            await Users.Prints(bench,
            "ls -A /; ls -A /var; ls -A /sys /sys/fs /sys/devices 2> /dev/null | grep -v '^/\\|^$' | sort -u | tr '\\n' ' '"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Subset(
            new HashSet<string> { "bin", "sbin", "lib", "lib32", "lib64", "libx32", "usr", "opt", "nix", "run", "etc", "sys", "proc", "dev",
                "stage", "tmp", "var", "cgroup devices fs system " },
            names.ToHashSet());
        Assert.Equal("", await Users.Prints(bench,
            "ls -A /root /mnt /srv /home /media /boot 2> /dev/null; ls -A /run 2> /dev/null | grep -v current-system"));
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Has_of_etc_what_programs_need_and_no_secrets(bool ordinary)
    {
        var bench = _users.Bench(ordinary);
        foreach (var name in new[] { "ld.so.cache", "ld.so.conf", "alternatives", "ssl/certs/ca-certificates.crt", "fonts/fonts.conf",
            "python3/debian_config", "perl/Net/libnet.cfg" }.Where(n => Path.Exists("/etc/" + n)))
            Assert.Equal($"{name}\n", await Users.Prints(bench, $"test -r /etc/{name} && echo {name}"));
        Assert.Equal("", await Users.Prints(bench,
            "ls -d /etc/shadow /etc/gshadow /etc/ssh /etc/sudoers /etc/machine-id /etc/hostname /etc/ssl/private 2> /dev/null"));
        Assert.Equal("root lightnix nobody \n", await Users.Prints(bench, "cut -d: -f1 /etc/passwd | tr '\\n' ' '; echo"));
    }

    [SandboxFact]
    public async Task Shows_an_installation_read_only()
    {
        var home = Directory.CreateDirectory(Path.Combine(_users.Root, "apps", "tool", "bin")).FullName;
        var tool = Path.Combine(home, "tool");
        await File.WriteAllTextAsync(tool, "#!/bin/sh\necho mine\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, (UnixFileMode)0x1FF);
        using var bench = new BuilderBench
        {
            Builders = new(new(Path.Combine(_users.Root, "cache"))
            {
                Environment = new Dictionary<string, string> { ["PATH"] = home + ":/usr/bin:/bin", ["HOME"] = _users.Root },
                Hidden = [_users.Root],
            })
        };
        var printed = await Users.Prints(bench, $"tool; (echo > {tool}) 2>&1 | sed 's/.*: //'; (echo > {home}/x) 2>&1 | sed 's/.*: //'");
        Assert.Equal("mine\nRead-only file system\nRead-only file system\n", printed);
    }

    [SandboxFact]
    public async Task Does_not_close_a_socket_in_a_folder_that_it_shows()
    {
        var home = Directory.CreateDirectory(Path.Combine(_users.Root, "apps", "tool", "bin")).FullName;
        await File.WriteAllTextAsync(Path.Combine(home, "tool"), "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(home, "tool"), (UnixFileMode)0x1FF);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(home, "socket")));
        listener.Listen();
        using var bench = new BuilderBench
        {
            Builders = new(new(Path.Combine(_users.Root, "cache"))
            {
                Environment = new Dictionary<string, string> { ["PATH"] = home + ":/usr/bin:/bin", ["HOME"] = _users.Root },
                Hidden = [_users.Root],
            })
        };
        Assert.Equal("reached\n", await Users.Prints(bench,
            $"tool; perl -e 'use Socket; socket(S, AF_UNIX, SOCK_STREAM, 0); print connect(S, pack_sockaddr_un(\"{home}/socket\")) ? "
            + "\"reached\" : $!, \"\n\"'"));
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ends_a_leftover_that_hides_itself(bool ordinary)
    {
        var bench = _users.Bench(ordinary);
        bench.Declared = bench.Declared.Add("BENCH", bench.Root);
        // Its report is emptied again and again, so that no process is named in it.
        await bench.Sh(
            "setsid sh -c 'while :; do for f in /proc/[0-9]*/fd/2; do case $(readlink $f) in *.sandbox) echo started > $f;; esac; done; "
            + "done' > /dev/null 2>&1 & echo done");
        await Eventually.Is(() => !bench.Alive().Any(), "somebody was left");
        Assert.EndsWith("done\n", bench.Log, StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task Hands_on_every_variable_as_it_is()
    {
        var odd = new Dictionary<string, string>
        {
            ["UID"] = "7",
            ["OPTIND"] = "x",
            ["IFS"] = "a",
            ["LC_ALL"] = "de_DE.NONE",
            ["LANG"] = "xx",
            ["PS4"] = "$(touch out/ran)",
            ["BASH_ENV"] = "x",
            ["A"] = "'\"$x`\n\\ ",
            ["_"] = "u",
            ["a.b-c"] = "'",
            ["LD_PRELOAD"] = "in/nothing.so",
            ["ENV"] = "in/x",
            ["PWD"] = "/",
            ["SHLVL"] = "9",
            ["1"] = "one",
        };
        using var bare = new BuilderBench();
        var sandboxed = _users.Bench(ordinary: false);
        var printed = new List<IEnumerable<string>>();
        foreach (var bench in new[] { bare, sandboxed })
        {
            foreach (var (name, value) in odd)
                bench.Declared = bench.Declared.Add(name, value);
            Assert.True(await bench.Script("env -u NOTHING env", "FILE=1") is BuildOutcome.Completed, bench.Log);
            printed.Add(bench.Log.Replace(bench.Folder, "/stage", StringComparison.Ordinal).Split('\n')
                .Where(l => !l.StartsWith("ERROR: ld.so", StringComparison.Ordinal) && !l.StartsWith("PATH=", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        }
        Assert.Equal(printed[0], printed[1]);
        Assert.Empty(Directory.GetFiles(sandboxed.Out));
    }
}

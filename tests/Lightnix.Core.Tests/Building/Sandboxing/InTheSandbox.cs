using System.Net;
using System.Net.Sockets;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>What a builder sees, and may do, in a real sandbox.</summary>
[Trait("Speed", "Slow")]
public sealed class InTheSandbox : IDisposable
{
    readonly BuilderBench _bench = new(sandboxed: true);

    public void Dispose() => _bench.Dispose();

    async Task<string> Prints(string command)
    {
        Assert.True(await _bench.Sh(command) is BuildOutcome.Completed, _bench.Log);
        return _bench.Log;
    }

    [SandboxFact]
    public async Task Is_known_by_name() => Assert.Matches("^bubblewrap [0-9.]+$", (await _bench.Builders.Sandbox.StateAsync()).Name);

    [SandboxFact]
    public async Task The_output_is_written()
    {
        await Prints("echo hi > out/a");
        Assert.Equal("hi\n", await File.ReadAllTextAsync(Path.Combine(_bench.Out, "a")));
    }

    [SandboxFact]
    public async Task The_working_folder_is_the_same_everywhere() =>
        Assert.Equal("/stage /stage/.home /stage/.tmp\n", await Prints("echo $(pwd) $HOME $TMPDIR"));

    [SandboxFact]
    public async Task Undeclared_files_are_not_there()
    {
        var secret = Path.Combine(_bench.Root, "undeclared.txt");
        await File.WriteAllTextAsync(secret, "secret");
        Assert.Equal(2, Assert.IsType<BuildOutcome.Failed>(await _bench.Sh($"cat ../undeclared.txt '{secret}' || exit 2")).ExitCode);
        Assert.Equal($"cat: ../undeclared.txt: No such file or directory\ncat: {secret}: No such file or directory\n", _bench.Log);
    }

    [SandboxFact]
    public async Task Neither_store_nor_homes_are_to_be_seen() =>
        Assert.Equal("",
            await Prints($"ls -d '{_bench.Root}' /home/* \"{Environment.GetEnvironmentVariable("HOME")}\"/.[a-z]*rc 2> .tmp/no || true"));

    [SandboxFact]
    public async Task A_project_within_the_system_is_hidden()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return; // Only root may put one there.
        var project = Directory.CreateDirectory($"/opt/lightnix-test-{Guid.NewGuid():N}").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(project, "a"), "secret");
            using var bench = new BuilderBench { Builders = new(new(_bench.Cache) { ProjectFolder = project, Hidden = [] }) };
            await bench.Sh($"ls -A {project}; echo end; echo > {project}/b");
            Assert.Equal($"end\nsh: 1: cannot create {project}/b: Read-only file system\n", bench.Log);
        }
        finally
        {
            Directory.Delete(project, recursive: true);
        }
    }

    [SandboxFact]
    public async Task Nothing_but_the_working_folder_can_be_written_to()
    {
        _bench.Write("in/data/a.txt", "data");
        var log = await Prints(
            "for f in /x /usr/x /etc/x /dev/x /proc/sys/x /var/x in/x in/data/a.txt; do (echo > $f) 2> /dev/null && echo wrote $f; done; "
            + "chmod u+w in/data/a.txt 2> /dev/null && echo changed; rm -rf in 2> /dev/null || true; cat in/data/a.txt; echo > a; echo > "
            + ".tmp/a");
        Assert.Equal("data", log);
    }

    [SandboxFact]
    public async Task Temporary_files_are_private()
    {
        var mine = Path.Combine(Path.GetTempPath(), $"lightnix-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(mine, "");
        try
        {
            Assert.Equal("/stage/.tmp/x\n/tmp/x\n", await Prints("echo > /tmp/x; ls /tmp/* $TMPDIR/x"));
            Assert.False(File.Exists("/tmp/x"));
        }
        finally
        {
            File.Delete(mine);
        }
    }

    [SandboxFact]
    public async Task Only_its_own_processes_are_there() =>
        Assert.Equal("bwrap\nsh\nsh\n", await Prints("for p in /proc/[0-9]*; do cat $p/comm; done"));

    [SandboxFact]
    public async Task The_user_is_the_same_everywhere() =>
        Assert.Equal("uid=1000(lightnix) gid=1000(lightnix) lightnix localhost\n",
        await Prints("echo $(id | cut -d' ' -f1,2) $(whoami) $(uname -n)"));

    [SandboxFact]
    public async Task The_network_is_out_of_reach_unless_it_is_asked_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _bench.Write("x.cs",
            $"new System.Net.Sockets.TcpClient().Connect(\"127.0.0.1\", {((IPEndPoint)listener.LocalEndpoint).Port}); "
            + "Console.WriteLine(\"connected\");");
        Assert.IsType<BuildOutcome.Failed>(await _bench.Script("dotnet", "x.cs"));
        Assert.Contains("Connection refused", _bench.Log, StringComparison.Ordinal);
        _bench.Network = true;
        Assert.IsType<BuildOutcome.Completed>(await _bench.Script("dotnet", "x.cs"));
        Assert.EndsWith("connected\n", _bench.Log, StringComparison.Ordinal);
        Assert.Equal(File.Exists("/etc/resolv.conf"), await _bench.Sh("test -r /etc/resolv.conf") is BuildOutcome.Completed);
    }

    [SandboxFact]
    public async Task CSharp_scripts_run()
    {
        _bench.Write("x.cs",
            "Console.WriteLine(AppContext.BaseDirectory + ' ' + Environment.CurrentDirectory + ' ' + string.Join(',', args));");
        Assert.True(await _bench.Script("dotnet", "x.cs", "a b", "c") is BuildOutcome.Completed, _bench.Log);
        Assert.Equal("/program/ /stage a b,c\n", _bench.Log);
    }

    [SandboxFact]
    public async Task DotNet_programs_run()
    {
        _bench.Write("x.cs", "File.WriteAllText(\"out/a\", args[0]);");
        Assert.IsType<BuildOutcome.Completed>(await _bench.Script("dotnet", "x.cs", "1"));
        var entry = Path.Combine(_bench.CompiledScript, "x.dll");
        Assert.True(await _bench.Run(new Invocation.Program(Path.GetDirectoryName(entry)!, RelativePath.Parse("x.dll"),
            ["2"])) is BuildOutcome.Completed, _bench.Log);
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(_bench.Out, "a")));
    }

    [SandboxFact]
    public async Task The_environment_is_that_without_a_sandbox()
    {
        using var bare = new BuilderBench();
        foreach (var bench in new[] { bare, _bench })
        {
            bench.Declared = bench.Declared.Add("A", "1 ' $x").Add("a.b", "2");
            Assert.True(await bench.Script("env -u NOTHING env", "FILE=1") is BuildOutcome.Completed, bench.Log);
        }
        Assert.Equal(bare.Log.Replace(bare.Folder, "/stage", StringComparison.Ordinal).Split('\n').Order(StringComparer.Ordinal),
            _bench.Log.Split('\n').Order(StringComparer.Ordinal));
    }

    [SandboxFact]
    public async Task Programs_of_the_working_folder_run()
    {
        _bench.WriteProgram("tools/mine", "#!/bin/sh\necho mine $1\n");
        Assert.IsType<BuildOutcome.Completed>(await _bench.Script("tools/mine", "x"));
        Assert.Equal("mine x\n", _bench.Log);
    }

    [SandboxFact]
    public async Task Messages_are_those_without_a_sandbox()
    {
        await _bench.Sh("nosuchprogram");
        using var bare = new BuilderBench();
        await bare.Sh("nosuchprogram");
        Assert.Equal(bare.Log, _bench.Log);
    }

    [SandboxFact]
    public async Task Exit_codes_come_through()
    {
        Assert.Equal(new BuildOutcome.Failed(7, "exit code 7"), await _bench.Sh("exit 7"));
        Assert.Equal(137, Assert.IsType<BuildOutcome.Failed>(await _bench.Sh("kill -9 $$")).ExitCode);
    }

    [SandboxFact]
    public async Task Without_it_none_is_tried()
    {
        using var bare = new BuilderBench();
        Assert.Equal(SandboxState.None, await bare.Builders.Sandbox.StateAsync());
        await bare.Sh("pwd");
        Assert.Equal(bare.Folder + "\n", bare.Log);
    }

    [LinuxFact]
    public async Task Where_it_is_not_installed_it_says_so()
    {
        var builders =
            new Builders(new(_bench.Cache) { Environment = new Dictionary<string, string> { ["PATH"] = _bench.Folder }, Hidden = [] });
        Assert.Equal(new SandboxState(null, "bubblewrap ('bwrap') is not on the path"), await builders.Sandbox.StateAsync());
    }

    [LinuxFact]
    public async Task Where_it_is_forbidden_it_says_what_it_said()
    {
        _bench.WriteProgram("bwrap", "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n");
        var builders =
            new Builders(new(_bench.Cache) { Environment = new Dictionary<string, string> { ["PATH"] = _bench.Folder }, Hidden = [] });
        Assert.Equal(new SandboxState(null, $"'{_bench.Folder}/bwrap' does not work here: bwrap: No permissions to create new namespace"),
            await builders.Sandbox.StateAsync());
    }
}

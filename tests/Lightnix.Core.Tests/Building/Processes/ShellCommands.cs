using Lightnix.Planning;

namespace Lightnix.Building;

public sealed class ShellCommands : IDisposable
{
    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [LinuxFact]
    public async Task Exit_code_0_completes() => Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("echo hi > out/a"));

    [LinuxFact]
    public async Task Other_exit_codes_fail() => Assert.Equal(new BuildOutcome.Failed(7, "exit code 7"), await _bench.Sh("exit 7"));

    [LinuxFact]
    public async Task First_line_that_fails_ends_it()
    {
        Assert.Equal(new BuildOutcome.Failed(1, "exit code 1"), await _bench.Sh("echo one\nfalse\necho two"));
        Assert.Equal("one\n", _bench.Log);
    }

    [LinuxFact]
    public async Task A_signal_is_reported()
    {
        var failed = Assert.IsType<BuildOutcome.Failed>(await _bench.Sh("kill -9 $$"));
        Assert.Equal(137, failed.ExitCode);
        Assert.Contains("SIGKILL", failed.Reason, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_signal_that_a_shell_reports_is_named() =>
        Assert.Equal("exit code 139 (ended by signal 11, SIGSEGV)",
            Assert.IsType<BuildOutcome.Failed>(await _bench.Sh("sh -c 'kill -11 $$'; exit $?")).Reason);

    [LinuxFact]
    public async Task Bash_counts_what_fails_within_a_pipeline()
    {
        Assert.IsType<BuildOutcome.Failed>(await _bench.Run(new Invocation.Shell("bash", "false | cat\necho not reached")));
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("false | cat"));
        Assert.DoesNotContain("not reached", _bench.Log, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Bash_process_substitution_is_nothing_left_behind()
    {
        Assert.IsType<BuildOutcome.Completed>(await _bench.Run(new Invocation.Shell("bash", "echo hi > >(sleep 0.1; cat > out/a)")));
        Assert.Equal("hi\n", File.ReadAllText(Path.Combine(_bench.Out, "a")));
    }

    [LinuxFact]
    public async Task Messages_have_no_machine_in_them()
    {
        await _bench.Sh("\n\nnosuchprogram");
        Assert.Equal("sh: 3: nosuchprogram: not found\n",
            _bench.Log.Replace("sh: line 3: nosuchprogram: command not found", "sh: 3: nosuchprogram: not found",
            StringComparison.Ordinal));
    }

    [LinuxFact]
    public async Task Ends_quietly_when_no_process_reads_its_pipe()
    {
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("yes | head -1"));
        Assert.Equal("y\n", _bench.Log);
    }

    [LinuxFact]
    public async Task Standard_input_is_empty()
    {
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("cat; echo end"));
        Assert.Equal("end\n", _bench.Log);
    }

    [Fact]
    public async Task Unknown_shell_lists_what_is_known() =>
        Assert.Equal("'fish' is not a shell that is known: sh, bash, cmd, pwsh",
            Assert.IsType<BuildOutcome.Failed>(await _bench.Run(new Invocation.Shell("fish", "true"))).Reason);

    [Fact]
    public async Task Shell_that_is_not_installed_fails()
    {
        using var bench = new BuilderBench
        {
            Builders = new(new(Path.Combine(_bench.Root, "cache"))
            {
                Environment = new Dictionary<string, string> { ["PATH"] = _bench.Folder },
            })
        };
        Assert.Equal(new BuildOutcome.Failed(null, "'pwsh' is not on the path"), await bench.Run(new Invocation.Shell("pwsh", "1")));
    }

    [Fact]
    public void Cmd_lines_are_joined() =>
        Assert.Equal("/d /s /c \"echo a b && copy \"x y\" z\"", CommandLines.Line("cmd", "echo a b\n\n  copy \"x y\" z\r\n"));

    [Fact]
    public void Pwsh_stops_at_the_first_failure() =>
        Assert.Equal(
            ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command",
                "$ErrorActionPreference='Stop'; $PSNativeCommandUseErrorActionPreference=$true\n./x"],
            CommandLines.Shell("pwsh", "./x")!.Value.ToArray());
}

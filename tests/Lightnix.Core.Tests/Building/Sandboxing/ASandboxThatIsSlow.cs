namespace Lightnix.Building;

/// <summary>A machine that lacks something for a moment does not turn the sandbox off.</summary>
[Trait("Speed", "Slow")]
public sealed class ASandboxThatIsSlow : IDisposable
{
    readonly FoundPrograms _files = new();

    public void Dispose() => _files.Dispose();

    BuilderBench Bench(string text)
    {
        _files.Program("slow/bwrap", "#!/bin/sh\n[ \"$1\" = --version ] && echo bubblewrap 1.2 && exit\n" + text);
        return _files.Bench(false, ["slow"]);
    }

    [SandboxFact]
    public async Task It_is_waited_for()
    {
        var bench = Bench("sleep 11\nexec /usr/bin/bwrap \"$@\"\n");
        Assert.Equal(new SandboxState("bubblewrap 1.2", null), await bench.Builders.Sandbox.StateAsync());
    }

    [SandboxFact]
    public async Task It_is_tried_again()
    {
        var bench = Bench($"if mkdir {_files.Root}/first 2> /dev/null; then kill -9 $$; fi\nexec /usr/bin/bwrap \"$@\"\n");
        Assert.Equal(new SandboxState("bubblewrap 1.2", null), await bench.Builders.Sandbox.StateAsync());
    }

    [LinuxTheory]
    [InlineData("kill -9 $$", "ended by signal 9")]
    [InlineData("kill -15 $$", "ended by signal 15")]
    [InlineData("echo 'bwrap: Creating new namespace failed: Resource temporarily unavailable' >&2; exit 1",
        "Resource temporarily unavailable")]
    [InlineData("echo 'bwrap: Out of memory: Cannot allocate memory' >&2; exit 1", "Cannot allocate memory")]
    [InlineData("echo 'bwrap: Can not write: No space left on device' >&2; exit 1", "No space left on device")]
    [InlineData("exit 0", "exit code 0): is the disk of the store full?")]
    public async Task Nothing_runs_without_it(string ends, string said)
    {
        var bench = Bench(ends + "\n");
        var state = await bench.Builders.Sandbox.StateAsync();
        Assert.True(state.IsUndecided);
        Assert.Contains(said, state.Missing, StringComparison.Ordinal);
        var failed = Assert.IsType<BuildOutcome.Failed>(await bench.Sh("echo > out/a"));
        Assert.Contains(said, failed.Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(bench.Out));
    }

    [LinuxTheory]
    [InlineData("echo 'bwrap: No permissions to create new namespace' >&2; exit 1", "No permissions to create new namespace")]
    [InlineData("echo started >&2; exit 3", "exit code 3")]
    public async Task One_that_refuses_is_none(string ends, string said)
    {
        var bench = Bench(ends + "\n");
        Assert.Equal(
            new SandboxState(null,
            $"'{_files.Root}/slow/bwrap' does not work here: {(said.StartsWith("exit", StringComparison.Ordinal) ? "" : "bwrap: ")}{said}"),
            await bench.Builders.Sandbox.StateAsync());
    }
}

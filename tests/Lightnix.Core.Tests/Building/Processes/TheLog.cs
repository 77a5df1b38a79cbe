namespace Lightnix.Building;

public sealed class TheLog : IDisposable
{
    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [LinuxFact]
    public async Task Has_output_and_errors_in_order()
    {
        await _bench.Sh("i=0; while [ $i -lt 200 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done");
        Assert.Equal(string.Concat(Enumerable.Range(0, 200).Select(i => $"out {i}\nerr {i}\n")), _bench.Log);
    }

    [LinuxFact]
    public async Task Is_appended_to()
    {
        await File.WriteAllTextAsync(_bench.LogFile, "before\n");
        await _bench.Sh("echo a");
        await _bench.Sh("echo b");
        Assert.Equal("before\na\nb\n", _bench.Log);
    }

    [LinuxFact]
    public async Task Grows_while_the_builder_runs()
    {
        var run = _bench.Sh("echo early; while [ ! -e out/go ]; do sleep 0.02; done");
        await Eventually.Is(() => _bench.Log == "early\n", "the log did not grow");
        await File.WriteAllTextAsync(Path.Combine(_bench.Out, "go"), "");
        Assert.IsType<BuildOutcome.Completed>(await run);
    }

    [LinuxTheory]
    [InlineData("echo before; echo a > /dev/stderr; echo b; echo c >> /dev/stderr; echo d", "before\na\nb\nc\nd\n")]
    [InlineData("echo before; truncate -s 0 /dev/stdout 2>/dev/null || :; echo after", "before\nafter\n")]
    public async Task Is_no_file_of_the_builder(string command, string log)
    {
        await _bench.Sh(command);
        Assert.Equal(log, _bench.Log);
    }

    [LinuxFact]
    public async Task Takes_much()
    {
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("head -c 20000000 /dev/zero"));
        Assert.Equal(20_000_000, new FileInfo(_bench.LogFile).Length);
    }

    [LinuxTheory]
    [InlineData("yes 0123456789012345678901234567890123456789 | head -c 200000000; echo; echo the end")]
    [InlineData("truncate -s 4T /dev/stdout || :; yes | head -c 100000000; echo the end")]
    public async Task Has_a_greatest_size_and_keeps_beginning_and_end(string command)
    {
        await _bench.Sh(command);
        Assert.InRange(new FileInfo(_bench.LogFile).Length, BuilderLog.GreatestSize, BuilderLog.GreatestSize + (2 * BuilderLog.EndSize));
        var log = _bench.Log;
        Assert.Contains("bytes are left out here\n", log, StringComparison.Ordinal);
        Assert.EndsWith("the end\n", log, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Makes_writers_wait_whatever_a_program_before_them_set()
    {
        if (!Storage.Sh.Has("perl"))
            return;
        Assert.True(await _bench.Sh(
            "perl -e 'use Fcntl; fcntl(STDOUT, F_SETFL, O_NONBLOCK | O_WRONLY); sleep 1'; "
            + "seq 1 3000000; exit 3") is BuildOutcome.Failed { ExitCode: 3 });
        Assert.EndsWith("\n2999999\n3000000\n", _bench.Log, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Waits_for_no_process_that_only_holds_it()
    {
        // It has left the session and the family, and holds the pipe for as long as this test may take.
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var outcome = await _bench.Sh("echo said; env -i setsid sh -c 'sleep 60 & exit'");

        Assert.Equal("said\n", _bench.Log);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 50);
        Assert.NotNull(outcome);
    }
}

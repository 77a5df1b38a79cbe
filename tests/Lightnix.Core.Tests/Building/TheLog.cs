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

    [LinuxFact]
    public async Task Begins_anew_when_a_builder_opens_its_standard_error_by_name()
    {
        // `> /dev/stderr` truncates a file, and nothing but a pipe could prevent it; what comes afterwards is whole and in order.
        await _bench.Sh("echo lost; echo a > /dev/stderr; echo b; echo c >> /dev/stderr; echo d");
        Assert.Equal("a\nb\nc\nd\n", _bench.Log);
    }

    [LinuxFact]
    public async Task Takes_much() => Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("head -c 20000000 /dev/zero; test $(stat -c %s ../log) = 20000000"));
}

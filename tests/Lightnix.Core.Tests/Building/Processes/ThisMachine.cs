namespace Lightnix.Building;

public sealed class ThisMachine
{
    [Fact]
    public void Is_known()
    {
        var host = HostFacts.Here;
        Assert.Same(host, HostFacts.Here);
        Assert.Matches("^(linux|linux-musl|win|osx|freebsd)-(x64|arm64|x86|arm)$", host.Platform);
        Assert.NotEmpty(host.Name);
        Assert.NotEmpty(host.System);
        Assert.NotEmpty(host.Processor);
        Assert.Equal(Environment.ProcessorCount, host.Cores);
        Assert.Matches(@"^\d+\.\d+\.\d+", host.Lightnix);
    }

    [Theory]
    [InlineData("7 (sh) S 1 7 7 0", "sh (7)", 1, 7)]
    [InlineData("7 (a) b ( c) R 12 3 4 0", "a) b ( c (7)", 12, 4)]
    public void Lists_what_runs(string stat, string name, int parent, int session)
    {
        var entry = ProcessTable.Parse(7, stat)!.Value;
        Assert.Equal((name, parent, session), (entry.ToString(), entry.Parent, entry.Session));
    }

    [Theory]
    [InlineData("7 (sh) Z 1 7 7 0")]
    [InlineData("")]
    public void Does_not_list_the_dead(string stat) => Assert.Null(ProcessTable.Parse(7, stat));

    [Theory]
    [InlineData(0x0000, 0, "exit code 0")]
    [InlineData(0x0300, 3, "exit code 3")]
    [InlineData(0x000f, 143, "ended by signal 15, SIGTERM")]
    [InlineData(0x008b, 139, "ended by signal 11, SIGSEGV")]
    [InlineData(0x8900, 137, "exit code 137 (ended by signal 9, SIGKILL, which is often the system's answer to a lack of memory)")]
    [InlineData(0xff00, 255, "exit code 255")]
    public void Says_how_a_process_ended(int status, int code, string text)
    {
        var exit = ExitStatus.FromWait(status);
        Assert.Equal(code, exit.Code);
        Assert.Equal(text, exit.ToString());
    }
}

using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Commands, arguments and variables that are longer than the 128 KiB of one argument.</summary>
public sealed class LongTexts : IDisposable
{
    static readonly string Long = new('y', 140_000);

    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [LinuxTheory]
    [InlineData("sh")]
    [InlineData("bash")]
    public async Task A_long_command_is_that_of_a_short_one(string shell)
    {
        foreach (var bench in await Benches())
        {
            using (bench)
            {
                var text = $"echo $0 $#\nprintf %s {Long} | wc -c\ncat <<'E'\na 'b' \"$c\"\nE\n(exit 3) || echo $?\nnosuchprogram 2> "
                    + "/dev/null || echo none\nfalse\necho not reached";
                Assert.Equal(new BuildOutcome.Failed(1, "exit code 1"), await bench.Run(new Invocation.Shell(shell, text)));
                Assert.Equal($"{shell} 0\n140000\na 'b' \"$c\"\n3\nnone\n", bench.Log);
            }
        }
    }

    [LinuxFact]
    public async Task A_pipeline_of_a_long_command_fails_as_bash_says() =>
        Assert.IsType<BuildOutcome.Failed>(await _bench.Run(new Invocation.Shell("bash", $": {Long}\nfalse | cat\necho not reached")));

    [LinuxFact]
    public async Task A_command_may_have_megabytes()
    {
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh(string.Concat(Enumerable.Repeat($"printf %s {Long} > out/a\n", 60))));
        Assert.Equal(Long, await File.ReadAllTextAsync(Path.Combine(_bench.Out, "a")));
    }

    [LinuxFact]
    public async Task A_long_argument_is_reported_with_its_length()
    {
        _bench.Write("x.sh", "");
        Assert.Equal(
            "argument 3 of 'sh' has 140,000 bytes, and Linux takes 131,071 for each. "
            + "Let the builder read them from a file: the one that LIGHTNIX_CONTEXT names holds all parameters and inputs of the stage, "
                + "also those of a Matrix",
            (await _bench.Script("sh", "x.sh", "a", Long)).Reason);
    }

    [LinuxFact]
    public async Task A_long_variable_is_reported_by_its_name()
    {
        _bench.Declared = _bench.Declared.Add("VALUES", Long);
        Assert.StartsWith("the variable 'VALUES' has 140,000 bytes, and Linux takes 131,071 for each. ", (await _bench.Sh("true")).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_command_for_cmd_has_the_cure_to_make_it_a_script()
    {
        Assert.Equal(
            "the command has 140,011 characters, and cmd takes 8,191. Put it into a script: Shell=\"pwsh\", or Script=\"step.ps1\" with "
            + "the text in that file",
            ArgumentLimits.ProblemOf(new Invocation.Shell("cmd", Long), Model.Derivation.NoTexts));
        Assert.Null(ArgumentLimits.ProblemOf(new Invocation.Shell("cmd", new string('y', 8000)), Model.Derivation.NoTexts));
        Assert.Null(ArgumentLimits.ProblemOf(new Invocation.Shell("sh", Long), Model.Derivation.NoTexts));
    }

    [LinuxFact]
    public async Task All_of_them_together_are_reported_too()
    {
        foreach (var bench in await Benches())
        {
            using (bench)
            {
                bench.Write("x.sh", "echo $#");
                Assert.Matches("^the arguments and variables of 'sh' have 7,0[0-9,]* bytes together, and this system takes [0-9,]+\\. Let ",
                    (await bench.Script("sh", "x.sh", [.. Enumerable.Repeat(new string('z', 100_000), 70)])).Reason);
                Assert.IsType<BuildOutcome.Completed>(
                    await bench.Script("sh", "x.sh", [.. Enumerable.Repeat(new string('z', 100_000), 18)]));
                Assert.Equal("18\n", bench.Log);
            }
        }
    }

    /// <summary>Without a sandbox and, where there is one, in it.</summary>
    static async Task<List<BuilderBench>> Benches()
    {
        var benches = new List<BuilderBench> { new(), new(sandboxed: true) };
        if ((await benches[1].Builders.Sandbox.StateAsync()).Name is null)
        {
            benches[1].Dispose();
            benches.RemoveAt(1);
        }
        return benches;
    }
}

namespace Lightnix.Cli;

/// <summary>What is the same for each verb: help, options, near misses, tables and pipes, and stores of others.</summary>
[Trait("Speed", "Slow")]
public sealed class Manners_of_all_verbs : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Without_a_verb_show_help()
    {
        var (code, output, _) = _tool.Run();

        Assert.Equal(0, code);
        Assert.All(CommandLine.Names, verb => Assert.Matches($"\n  (\\w+, )?{verb}[ ,]", output));
    }

    [Fact]
    public void Have_two_examples_and_the_options_of_all()
    {
        Assert.All(CommandLine.Names, verb =>
        {
            var (code, output, _) = _tool.Run(verb, "--help");
            Assert.Equal(0, code);
            var examples = output[output.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n');
            Assert.True(examples.Count(l => l.StartsWith($"  lightnix {verb}", StringComparison.Ordinal)) >= 2, output);
            Assert.All(new[] { "--store", "--project", "--json", "--verbose" },
                option => Assert.Contains(option, output, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Suggest_an_option()
    {
        Assert.All(CommandLine.Names, verb =>
        {
            var (code, _, error) = _tool.Run(verb, "--jsno");
            Assert.Equal(2, code);
            Assert.True(error.StartsWith(
                $"lightnix: 'lightnix {verb}' has no option '--jsno': did you mean '--json'?", StringComparison.Ordinal), error);
        });
    }

    [Theory]
    [InlineData("show", "modle")]
    [InlineData("log", "modle")]
    [InlineData("trace", "modle")]
    [InlineData("diff", "modle", "model")]
    [InlineData("runs", "modle")]
    [InlineData("history", "modle")]
    [InlineData("variance", "modle")]
    [InlineData("pin", "modle")]
    [InlineData("unpin", "modle")]
    [InlineData("rm", "modle", "--reason", "x")]
    [InlineData("unreject", "modle")]
    [InlineData("unadopt", "modle")]
    [InlineData("note", "modle", "x")]
    [InlineData("export", "modle", "-o", "x.tar.zst")]
    [InlineData("why", "modle", "--last")]
    public void Suggest_a_stage(params string[] arguments)
    {
        var (code, output, error) = _tool.Run(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.True(error.Contains("'model'", StringComparison.Ordinal), error);
    }

    public static TheoryData<string[]> ThatChangeNothing =>
    [
        ["ls"], ["ls", "--runs"], ["show", "model"], ["log", "model"], ["log", "model", "--follow"], ["status"], ["why", "model", "--last"],
        ["why", "model", "--chosen"], ["why", "model", "--kept"], ["trace", "model"], ["diff", "model", "data"], ["runs", "model"],
        ["runs", "model", "--each"], ["history"], ["graph"], ["graph", "--dot"], ["gc"],
    ];

    [Theory]
    [MemberData(nameof(ThatChangeNothing))]
    public void Work_on_a_store_that_may_only_be_read(string[] arguments)
    {
        if (Environment.UserName != "root")
            return;
        var before = Listing();

        var (code, output, error) = _tool.RunAsAnother(arguments);

        Assert.True(code == 0, $"{code}: {error}");
        // Nothing runs now, nothing is old enough to be collected: these have nothing to print.
        Assert.True(output.Length > 0 || arguments[0] is "status" or "gc" or "why", "no output");
        Assert.Equal(before, Listing());

        string Listing() => _tool.Farm.Sh("find . -printf '%p %s %m %T@\\n' | sort");
    }

    [Theory]
    [MemberData(nameof(ThatChangeNothing))]
    public void Fit_the_width_of_a_terminal(string[] arguments)
    {
        // What is no table has lines of its own.
        if (arguments[0] is "trace" or "why" or "show" or "diff" or "gc" or "log" || arguments.Contains("--dot")
            || _tool.TerminalOf(60, arguments) is not { } text)
            return;
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(Plain).ToList();

        Assert.All(lines.Where(l => !l.Contains('/')), line => Assert.True(line.Length <= 60, line));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));

        static string Plain(string line) => System.Text.RegularExpressions.Regex.Replace(line, "\u001b\\[[0-9;]*m", "");
    }

    [Fact]
    public void Show_values_however_narrow_a_terminal_is()
    {
        string[] row = ["train", new('x', 60), "3f2a9c01b4d5"];

        string[] lines = [.. TextTable.Lines(["stage", "rate", "result"], [row], 30)];

        Assert.Equal("train xxxxxxxxxx… 3f2a9c01b4d5", lines[1]);
        Assert.Equal("train xxxx… 3f2a9c01b4d5", TextTable.Lines(["stage", "rate", "result"], [row], 10).Last());
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public void Write_no_escape_sequence_where_none_is_wanted(string variable, string value)
    {
        if (_tool.Terminal("ls") is not { } colored)
            return;
        Assert.Contains("\u001b[32mchosen\u001b[0m", colored, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[?", colored, StringComparison.Ordinal);

        _tool.Variables[variable] = value;

        Assert.DoesNotContain('\u001b', _tool.Terminal("ls")!);
        Assert.DoesNotContain('\u001b', _tool.Terminal("diff", "model", "data")!);
    }

    [Fact]
    public void Show_short_values_on_a_terminal_and_all_of_them_on_request()
    {
        if (_tool.Terminal("ls") is not { } text)
            return;
        var reference = _tool.Realization("model");

        Assert.Contains("just now", text, StringComparison.Ordinal);
        Assert.Contains(reference[..12], text, StringComparison.Ordinal);
        Assert.DoesNotContain(reference, text, StringComparison.Ordinal);
        Assert.Contains(reference, _tool.TerminalOf(200, "ls", "--verbose"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sho", "show")]
    [InlineData("show m", "model")]
    [InlineData("build ", "data")]
    [InlineData("diff model farm:d", "farm:data")]
    [InlineData("gc --old", "--older-than")]
    public void Complete_verbs_options_and_stages(string typed, string expected)
    {
        var (code, output, _) = _tool.Run($"[suggest:{typed.Length}]", typed);

        Assert.Equal(0, code);
        Assert.Contains(expected, output.Split('\n').Select(l => l.Trim()));
    }

    [Fact]
    public void Complete_references()
    {
        var reference = _tool.Realization("model");
        var typed = $"show {reference[..6]}";

        Assert.Contains(reference, _tool.Run($"[suggest:{typed.Length}]", typed).Output, StringComparison.Ordinal);
    }
}

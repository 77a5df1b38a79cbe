using System.Diagnostics;

namespace Lightnix.Cli;

/// <summary>Mistakes in the command line, and its help.</summary>
public sealed class A_command_line : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("show", "nonsense")]
    [InlineData("show", "0")]
    [InlineData("frobnicate")]
    [InlineData("gc", "--older-than", "soon")]
    [InlineData("ls", "--store", "/nowhere/at/all")]
    public void Says_what_is_wrong(params string[] arguments)
    {
        var (code, output, error) = _tool.Run(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("lightnix: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_the_code_of_a_store_that_it_does_not_know()
    {
        _tool.Farm.Sh("chmod u+w format; echo lightnix-store/9 > format");

        Assert.Contains("LNX3001", _tool.Run("ls") is (3, _, var error) ? error : "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sow", "'lightnix show'")]
    [InlineData("LS", "'lightnix ls'")]
    [InlineData("verfy", "'lightnix verify'")]
    [InlineData("unknownverb", "the verbs are ls, show")]
    public void Suggests_a_verb(string verb, string suggestion)
    {
        var (code, _, error) = _tool.Run(verb);

        Assert.Equal(2, code);
        Assert.Contains(suggestion, error.Split('\n')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("required", error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("ls --json")]
    [InlineData("log model")]
    public void Distinguishes_a_full_disk_below_its_output_from_the_store(string verb)
    {
        if (!File.Exists("/dev/full"))
            return;
        var dll = Path.Combine(AppContext.BaseDirectory, "lightnix.dll");
        var start = new ProcessStartInfo("sh", ["-c", $"dotnet exec '{dll}' {verb} > /dev/full"])
        {
            WorkingDirectory = _tool.Farm.ProjectFolder,
            RedirectStandardError = true,
        };
        start.Environment["LIGHTNIX_STORE"] = _tool.Farm.StoreFolder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(4, process.ExitCode);
        Assert.Contains("could not be written", error, StringComparison.Ordinal);
        Assert.DoesNotContain("LNX", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "no root of", "ls", "--project", "nope.lnproj")]
    [InlineData(2, "no root of", "show", "model", "--project", "..")]
    [InlineData(2, "names no project", "gc", "--forget", "")]
    [InlineData(2, "no number of results", "gc", "--keep-best", "-1")]
    [InlineData(2, "no number of results", "gc", "--keep-last", "-1")]
    [InlineData(2, "is no age", "gc", "--older-than", "")]
    [InlineData(2, "is no size", "gc", "--max-size", "")]
    [InlineData(2, "'' is no stage", "show", "")]
    [InlineData(2, "'' is no stage", "log", "")]
    [InlineData(2, "'' is no stage", "pin", "")]
    [InlineData(2, "'' is no stage", "unpin", "", "--closure")]
    [InlineData(2, "'' is no stage", "rm", "", "--reason", "x")]
    [InlineData(2, "'' is no stage", "unreject", "")]
    [InlineData(3, "LNX3006", "gc", "--forget", "nope")]
    [InlineData(0, "", "ls", "--project", "")]
    [InlineData(0, "", "ls", "--project", "./")]
    [InlineData(0, "", "verify", "--store", "")]
    public void Says_what_is_wrong_with_a_value(int expected, string said, params string[] arguments)
    {
        var (code, output, error) = _tool.Run(arguments);

        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", error, StringComparison.Ordinal);
        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, output.Length > 0);
    }

    [Fact]
    public void Helps()
    {
        Assert.Contains("unreject", _tool.Run("help") is (0, var output, _) ? output : "", StringComparison.Ordinal);
        Assert.Contains("--older-than", _tool.Run("help", "gc") is (0, var gc, _) ? gc : "", StringComparison.Ordinal);
    }
}

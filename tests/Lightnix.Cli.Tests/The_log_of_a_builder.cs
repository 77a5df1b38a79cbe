namespace Lightnix.Cli;

/// <summary>What <c>log</c> prints.</summary>
public sealed class The_log_of_a_builder : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Prints_a_log()
    {
        Assert.Equal((0, "train in/data/data.csv\n"), _tool.Run("log", "model") is var (code, output, _) ? (code, output) : default);
        Assert.Equal("data\n", _tool.Json(0, "log", "data").GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("mkfifo $f")]
    [InlineData("ln -s /dev/zero $f")]
    [InlineData("mkdir $f")]
    public void Reads_nothing_but_a_file_as_a_log(string other)
    {
        _tool.Farm.Sh($"for f in logs/*/*; do rm -f $f; {other}; done");

        var (code, _, error) = _tool.Run("log", "model");

        Assert.Equal(2, code);
        Assert.Contains("is not in the store any more", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Prints_the_log_of_what_failed_last()
    {
        Assert.False(_tool.Farm.Build(recipe: "oh; exit 3;").Succeeded);
        Assert.Equal((0, "oh\n"), _tool.Run("log", "model") is var (code, output, _) ? (code, output) : default);
        Assert.True(_tool.Farm.Build().Succeeded);
        Assert.Equal("train in/data/data.csv\n", _tool.Run("log", "model").Output);
    }
}

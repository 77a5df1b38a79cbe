using Lightnix.Building;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>Three replicates, of which the third breaks a promise.</summary>
public sealed class ResultsOfWhichSomeAreBroken : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    const string Stage = """
        <Stage Include="model" Command="echo @{replicate} > @{out}/score; [ @{replicate} = 3 ] || echo 1 > @{out}/artifact" />
        <Promise Include="score" Stage="model" Type="Number" /><Promise Include="artifact" Stage="model" />
        """;

    [LinuxTheory]
    [InlineData("""<Matcher Include="model" Select="All" AtLeast="3" />""")]
    [InlineData("""<Matcher Include="model" Select="Best" Metric="score" AtLeast="3" />""")]
    public async Task Are_warned_of_once_at_the_promise(string matcher)
    {
        var first = await _site.BuildAsync(Stage + matcher);
        var second = await _site.BuildAsync(Stage + matcher);

        Assert.True(first.Succeeded, first.ToString());
        var warning = Assert.Single(Diagnostics(first));
        Assert.Equal((Severity.Warning, "LNX2001", "artifact"), (warning.Severity, warning.Code, warning.Item!.Include));
        Assert.Contains("replicate 3 of stage 'model' broke its promise 'artifact'", warning.Message, StringComparison.Ordinal);
        Assert.Empty(Diagnostics(second));
    }

    [LinuxTheory]
    [InlineData("""<Matcher Include="model" Select="Latest" Take="3" AtMost="3" />""")]
    [InlineData("""<Matcher Include="model" Select="Best" Metric="score" Take="3" AtMost="3" />""")]
    public async Task Are_an_error_at_the_promise_where_the_matcher_lacks_them(string matcher)
    {
        foreach (var built in new[] { await _site.BuildAsync(Stage + matcher), await _site.BuildAsync(Stage + matcher) })
        {
            Assert.False(built.Succeeded);
            Assert.Equal(["LNX2001 artifact", "LNX2005 model"],
                Diagnostics(built).Select(d => $"{d.Code} {d.Item!.Include}").Order(StringComparer.Ordinal));
            Assert.All(Diagnostics(built), d => Assert.Equal(Severity.Error, d.Severity));
        }
    }

    [LinuxFact]
    public async Task Have_a_cure_for_each_kind_of_stage()
    {
        var file = _site.Write("file", "1\n");
        var hash = Hashing.Digest.Of(await File.ReadAllBytesAsync(file));
        _site.Write("project/folder/a", "1\n");

        var built = await _site.BuildAsync($"""
            <Stage Include="imported" Path="folder" /><Promise Include="b" Stage="imported" />
            <Stage Include="fetched" Url="file://{file}" Sha256="{hash}" /><Promise Include="b" Stage="fetched" />
            <Stage Include="made" Command="touch @{"{out}"}/a" /><Promise Include="b" Stage="made" />
            """);

        string Of(string stage) =>
            built.Errors.Single(e => e.Code == "LNX2001" && e.Message.Contains($"'{stage}'", StringComparison.Ordinal)).Message;
        Assert.Contains("correct the promise, or the file or folder that Path names", Of("imported"), StringComparison.Ordinal);
        Assert.Contains("correct the promise, or the file that Url and Sha256 name", Of("fetched"), StringComparison.Ordinal);
        Assert.Contains("-t:LightnixRun", Of("made"), StringComparison.Ordinal);
        Assert.DoesNotContain("LightnixRun", Of("imported") + Of("fetched"), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Are_no_error_where_two_that_are_right_are_too_many()
    {
        var built = await _site.BuildAsync(Stage + """<Matcher Include="model" Select="Only" AtLeast="3" />""");

        Assert.Equal(["LNX2005"], Diagnostics(built).Where(d => d.Severity == Severity.Error).Select(d => d.Code));
    }

    static IEnumerable<Diagnostic> Diagnostics(Site.Built built) => built.Events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic);
}

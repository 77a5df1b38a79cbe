using Lightnix.Queries;

namespace Lightnix.Scenarios;

/// <summary>The hash under which CI keeps a store that lacks nothing.</summary>
public sealed class TheKeyOfAStore : IDisposable
{
    const string Stage = """<Stage Include="model" Command="echo @{seed} > @{out}/a" />""";
    const string Promise = """<Promise Include="a" Stage="model" Type="Number" Min="0" />""";
    const string Matcher = """<Matcher Include="model" Select="Best" Metric="a" AtLeast="2" AtMost="20" />""";

    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData("@{seed}", "@{seed} 1")]
    [InlineData("AtLeast=\"2\"", "AtLeast=\"3\"")]
    // The results that are there may not do, and then more are made.
    [InlineData("Min=\"0\"", "Min=\"0.6\"")]
    public void Changes_with_all_that_may_make_a_stage_run(string old, string now) =>
        Assert.NotEqual(Of(Stage + Promise + Matcher), Of((Stage + Promise + Matcher).Replace(old, now, StringComparison.Ordinal)));

    [Fact]
    public void Does_not_change_with_what_runs_nothing()
    {
        Assert.Equal(Of(Stage + Promise + Matcher), Of(Matcher + Promise + Stage));
        Assert.Equal(Of(Stage + Promise + Matcher),
            Of(Stage.Replace("Command", "Retries=\"2\" Command", StringComparison.Ordinal)
            + Promise.Replace("Min", "CopyToOutputDirectory=\"IfDifferent\" Min", StringComparison.Ordinal) + Matcher));
    }

    string Of(string items) =>
        Assert.IsType<ClosureHash>(ProjectQueries.ClosureHash(_site.Request(items), e => Assert.Fail(e.ToString()))).Digest.ToString();
}

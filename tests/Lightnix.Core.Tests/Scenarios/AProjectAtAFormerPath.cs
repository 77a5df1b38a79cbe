using Lightnix.Queries;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>Another project at a path for which the store still has a root.</summary>
public sealed class AProjectAtAFormerPath : IDisposable
{
    const string Former =
        """<Stage Include="s" Command="echo OLD &gt; out/v" /><Promise Include="v" Stage="s" CopyToOutputDirectory="PreserveNewest" />""";
    const string Present =
        """<Stage Include="s" Command="echo NEW &gt; out/v" /><Promise Include="v" Stage="s" CopyToOutputDirectory="PreserveNewest" />""";

    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Is_not_answered_with_the_results_of_the_former_one()
    {
        Assert.True((await _site.BuildAsync(Former)).Succeeded);
        Assert.True(Assert.Single(Test(Former)).IsKept);
        // Who edits a project without a build is answered, as with any --no-build.
        Assert.True(Assert.Single(Test(Present)).IsKept);

        _site.Sh("rm -r project/obj project/bin");

        Assert.False(Assert.Single(Test(Present)).IsKept);
        Assert.Equal(["LNX5003"], Recall(Present));
        Assert.True((await _site.BuildAsync(Present)).Succeeded);
        Assert.True(Assert.Single(Test(Present)).IsKept);
        Assert.Empty(Recall(Present));
        Assert.Equal("NEW", _site.Result("s/v"));
    }

    TestedPromise[] Test(string items) => [.. ProjectQueries.TestPromises(_site.Request(items), _ => { })];

    string[] Recall(string items)
    {
        var reported = new List<string>();
        _ = ProjectQueries.Recall(_site.Request(items), mustBeBuilt: true,
            e => reported.AddRange(e is BuildEvent.Diagnosed d ? [d.Diagnostic.Code] : []));
        return [.. reported];
    }
}

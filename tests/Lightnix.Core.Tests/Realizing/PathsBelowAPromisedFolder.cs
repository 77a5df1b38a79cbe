using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>What the promise of a folder lets a stage name, only the result can have.</summary>
public class PathsBelowAPromisedFolder
{
    [Theory]
    [InlineData("cat @{a/plots/roc.png}", "File a/plots/roc.png")]
    [InlineData("cat @{a/plots/roc.png} @{a}", "Directory a")]
    public async Task Are_read_where_the_result_has_them(string command, string inputs)
    {
        var (resolved, _) = await ResolveAsync(command);

        Assert.Equal(inputs, string.Join(' ', resolved!.Inputs.Select(i => $"{i.Kind} {i.Path}")));
    }

    [Theory]
    [InlineData("cat @{a/plots/none.png}")]
    [InlineData("cat @{a/plots/none.png} @{a}")]
    [InlineData("cat @{a} @{a/plots/roc.png/below}")]
    public async Task Are_missed_where_it_has_not_also_beside_the_whole(string command)
    {
        var (_, problem) = await ResolveAsync(command);

        Assert.Equal("LNX1005", problem!.Code);
        Assert.Contains("of 'a'", problem.Message, StringComparison.Ordinal);
    }

    static async Task<(Resolved? Resolved, Diagnostic? Problem)> ResolveAsync(string command)
    {
        var stage = LnProj.Stage($"""
            <Stage Include="a" Command="true" /><Promise Include="plots" Stage="a" />
            <Stage Include="b" Command="{command}" />
            """, "b");
        var results = new MemoryResults();
        var tree = results.Take([KeyValuePair.Create("plots/roc.png", "1")]);
        var input = new Choice(new(Digest.Of([])), [ChosenResult.Of(new(Digest.Of([])), tree.Reference)], Plural: false);
        var resolver = new Resolver("sh", results, (_, _) => Task.FromResult<string?>(null), epoch => epoch);
        var resolution = await resolver.ResolveAsync(stage, [new(stage.Inputs[0], input)], CancellationToken.None);
        return (resolution.Stage?.Resolved, resolution.Problems.SingleOrDefault());
    }
}

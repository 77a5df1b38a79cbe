using System.Collections.Immutable;
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
    public void Are_read_where_the_result_has_them(string command, string inputs) => Assert.Equal(inputs, Resolve(command));

    [Theory]
    [InlineData("cat @{a/plots/none.png}")]
    [InlineData("cat @{a/plots/none.png} @{a}")]
    [InlineData("cat @{a} @{a/plots/roc.png/below}")]
    public void Are_missed_where_it_has_not_also_beside_the_whole(string command) =>
        Assert.Equal("a", Assert.Throws<MissingInputException>(() => Resolve(command)).Stage.ToString());

    static string Resolve(string command)
    {
        var stage = LnProj.Stage($"""
            <Stage Include="a" Command="true" /><Promise Include="plots" Stage="a" />
            <Stage Include="b" Command="{command}" />
            """, "b");
        var tree = Tree.Of([new TreeEntry.File(RelativePath.Parse("plots/roc.png"), Digest.Of([1]), 1, false)]);
        var resolved = new Resolver("sh").Resolve(stage, [new(new(Digest.Of([])), [ChosenResult.Of(new(Digest.Of([])), tree.Reference)], false)], _ => tree, ImmutableSortedDictionary<string, string>.Empty, null);
        return string.Join(' ', resolved.Inputs.Select(i => $"{i.Kind} {i.Path}"));
    }
}

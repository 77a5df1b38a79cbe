using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>A promise that leads through a link counts as what the link leads to, for who copies as for who reads.</summary>
public class PromisesThroughLinks
{
    [Theory]
    [InlineData("current", "current/sub/y.txt current/x.txt")]
    [InlineData("current/x.txt", "current/x.txt")]
    [InlineData("all", "all/current/sub/y.txt all/current/x.txt all/file")]
    [InlineData("loop", "loop/a")]
    [InlineData("dangling", "")]
    public void Are_those_of_all_files_behind_them(string path, string files)
    {
        var stage = LnProj.Stage($"""<Stage Include="s" Command="true" /><Promise Include="{path}" Stage="s" CopyToOutputDirectory="Always" />""", "s");
        var tree = Tree.Of([
            File("v1/x.txt"), File("v1/sub/y.txt"), Link("current", "v1"),
            Link("all/current", "../current"), Link("all/file", "../v1/x.txt"),
            File("loop/a"), Link("loop/again", "."), Link("loop/up", ".."), Link("dangling", "nowhere")]);
        var choice = new Choice(new(Digest.Of([])), [ChosenResult.Of(new(Digest.Of([])), tree.Reference)], Plural: false);

        var promised = PromisedFiles.Of(stage, choice, _ => tree, _ => "/tree");

        Assert.Equal(files, string.Join(' ', promised.Select(p => p.TargetPath.ToString()).Order(StringComparer.Ordinal)));
        Assert.All(promised, p => Assert.DoesNotContain("current", p.File, StringComparison.Ordinal));
    }

    static TreeEntry.File File(string path) => new(RelativePath.Parse(path), Digest.Of([]), 0, false);

    static TreeEntry.Link Link(string path, string target) => new(RelativePath.Parse(path), target);
}

using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Queries;

/// <summary>A link to a folder counts as that folder: what is promised through it is copied.</summary>
public sealed class PromisesThroughLinkedFolders
{
    static readonly Tree Result = Tree.Of(
    [
        File("v1/x.txt"),
        File("v1/deep/y.txt"),
        Link("current", "v1"),
        Link("loops/self", "."),
        Link("loops/up", ".."),
        File("loops/e.txt"),
        Link("pair/a/b", "../b"),
        Link("pair/b/a", "../a"),
        File("pair/b/z.txt"),
        Link("all/latest", "../v1"),
        Link("all/none", "nowhere"),
    ]);

    [Theory]
    [InlineData("current", "current/deep/y.txt>v1/deep/y.txt current/x.txt>v1/x.txt")]
    [InlineData("current/x.txt", "current/x.txt>v1/x.txt")]
    [InlineData("current/deep", "current/deep/y.txt>v1/deep/y.txt")]
    [InlineData("all", "all/latest/deep/y.txt>v1/deep/y.txt all/latest/x.txt>v1/x.txt")]
    [InlineData("loops", "loops/e.txt>loops/e.txt")]
    [InlineData("loops/self/self/e.txt", "loops/self/self/e.txt>loops/e.txt")]
    [InlineData("pair/a", "pair/a/b/z.txt>pair/b/z.txt")]
    [InlineData("v1", "v1/deep/y.txt>v1/deep/y.txt v1/x.txt>v1/x.txt")]
    [InlineData("all/none", "")]
    public void Are_copied(string promise, string expected)
    {
        var followed = FollowedFiles.Of(Result, RelativePath.Parse(promise)).OrderBy(f => f.Path).ToArray();

        Assert.Equal(expected, string.Join(' ', followed.Select(f => $"{f.Path}>{f.Real.Path}")));
        Assert.Equal(followed.Select(f => (f.Path, $"/tree/{f.Real.Path}")),
            Promised(promise).Select(p => (p.TargetPath, p.File.Replace('\\', '/'))).OrderBy(p => p.TargetPath));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Are_refused_where_links_make_paths_without_end()
    {
        var names = Enumerable.Range(0, 12).Select(i => $"n{i}").ToArray();
        var tree = Tree.Of([.. from a in names from b in names where a != b select Link($"d/{a}/{b}", $"../{b}")]);

        var refused = Assert.Throws<Storage.StoreException>(() => FollowedFiles.Of(tree, RelativePath.Parse("d")));

        Assert.Equal("LNX2007", refused.Code);
    }

    static ImmutableArray<PromisedFile> Promised(string path)
    {
        var items = $"""<Stage Include="s" Command="true" /><Promise Include="{path}" Stage="s" CopyToOutputDirectory="Always" />""";
        var choice = new Choice(new(Digest.Of([])), [ChosenResult.Of(new(Digest.Of([])), Result.Reference)], Plural: false);
        return PromisedFiles.Of(LnProj.Stage(items, "s"), choice, _ => Result, _ => "/tree");
    }

    static TreeEntry.File File(string path) => new(RelativePath.Parse(path), Digest.Of([1]), 1, Executable: false);

    static TreeEntry.Link Link(string path, string target) => new(RelativePath.Parse(path), target);
}

using Lightnix.Hashing;
using Lightnix.Model;
using static Lightnix.Promises.Result;

namespace Lightnix.Promises;

/// <summary>What the listing decides: whether a path is there, what it is, how large.</summary>
public sealed class Paths
{
    [Fact]
    public void What_is_there_is_enough_for_Any()
    {
        var result = Of("a/b.txt", "").WithFolder("empty");

        Assert.Empty(result.Breaks(Promised("a/b.txt")));
        Assert.Empty(result.Breaks(Promised("a")));
        Assert.Empty(result.Breaks(Promised("empty")));
        Assert.Empty(result.Opened);
    }

    [Theory]
    [InlineData("model.zip", "model.zip is missing; near it is \"Model.zip\", \"old/model.zip\", \"modell.zip\"")]
    [InlineData("old/modell.zip", "old/modell.zip is missing; near it is \"modell.zip\", \"old/model.zip\"")]
    [InlineData("report", "report is missing; the result holds \"Model.zip\", \"modell.zip\", \"old/model.zip\", \"tokens\"")]
    [InlineData("token", "token is missing; near it is \"tokens\"")]
    public void What_is_missing_is_answered_with_what_is_near(string path, string expected) =>
        Assert.Equal([expected],
            Of("Model.zip", "").With("modell.zip", "").With("old/model.zip", "").WithFolder("tokens").Breaks(Promised(path)));

    [Fact]
    public void At_most_a_handful_is_listed()
    {
        var result = Enumerable.Range(10, 20).Aggregate(Empty, (r, i) => r.With(i.ToString(CultureInfo.InvariantCulture), ""));

        Assert.Equal(["report.md is missing; the result holds \"10\", \"11\", \"12\", \"13\", \"14\" and 15 more"],
            result.Breaks(Promised("report.md")));
        Assert.Equal(["31 is missing; near it is \"11\", \"13\", \"21\", \"10\", \"12\""], result.Breaks(Promised("31")));
    }

    [Fact]
    public void Nothing_is_there() => Assert.Equal(["a is missing: the result is empty"], Empty.Breaks(Promised("a")));

    [Fact]
    public void Case_counts() => Assert.Equal(["A.txt is missing; near it is \"a.txt\""], Of("a.txt", "").Breaks(Promised("A.txt")));

    [Fact]
    public void A_link_counts_as_what_it_leads_to()
    {
        var result = Of("v2/accuracy.txt", "0.5").WithLink("latest", "v2").WithLink("score", "latest/accuracy.txt").WithLink("lost", "v3");

        Assert.Empty(result.Breaks(Promised("latest", PromiseType.Directory)));
        Assert.Empty(result.Breaks(Promised("latest/accuracy.txt", PromiseType.Number)));
        Assert.Equal(["score is 0.5, less than Min 0.9"], result.Breaks(Promised("score", PromiseType.Number) with { Min = 0.9 }));
        Assert.Equal(["lost is a symbolic link to 'v3', which leads to nothing in the result"], result.Breaks(Promised("lost")));
    }

    [Fact]
    public void A_file_is_no_folder_and_a_folder_no_file()
    {
        var result = Of("file", "12").With("folder/a", "");

        Assert.Empty(result.Breaks(Promised("file", PromiseType.File)));
        Assert.Empty(result.Breaks(Promised("folder", PromiseType.Directory)));
        Assert.Equal(["file is a file (2 bytes), not a folder"], result.Breaks(Promised("file", PromiseType.Directory)));
        Assert.All([PromiseType.File, PromiseType.Text, PromiseType.Number, PromiseType.Json, PromiseType.Csv, PromiseType.Zip], type =>
            Assert.Equal(["folder is a folder, not a file"], result.Breaks(Promised("folder", type))));
        Assert.Equal(["folder is a folder, not a file"], result.Breaks(Promised("folder") with { Min = 1 }));
    }

    [Fact]
    public void Non_empty()
    {
        var result = Of("empty.txt", "").With("full.txt", "x").With("folder/a", "").WithFolder("hollow/inside");

        Assert.Equal(["empty.txt is empty"], result.Breaks(Promised("empty.txt") with { NonEmpty = true }));
        Assert.Empty(result.Breaks(Promised("full.txt") with { NonEmpty = true }));
        Assert.Empty(result.Breaks(Promised("folder") with { NonEmpty = true }));
        Assert.Equal(["hollow is empty"], result.Breaks(Promised("hollow") with { NonEmpty = true }));
    }

    [Fact]
    public void Sizes_of_a_file_and_of_all_files_of_a_folder()
    {
        var result = Of("a.bin", new byte[10]).With("folder/b", new byte[7]).With("folder/deep/c", new byte[5]);

        Assert.Empty(result.Breaks(Promised("a.bin") with { MinSize = 10, MaxSize = 10 }));
        Assert.Equal(["a.bin has 10 bytes, less than MinSize 11"], result.Breaks(Promised("a.bin") with { MinSize = 11 }));
        Assert.Equal(["folder has 12 bytes, more than MaxSize 11"], result.Breaks(Promised("folder") with { MaxSize = 11 }));
        Assert.Empty(result.Breaks(Promised("folder") with { MinSize = 12 }));
        Assert.Empty(result.Opened);
    }

    [Fact]
    public void Sha256_is_taken_from_the_listing()
    {
        var result = Of("a", "x");
        var right = Digest.Of("x"u8);
        var wrong = Digest.Of("y"u8);

        Assert.Empty(result.Breaks(Promised("a") with { Sha256 = right }));
        Assert.Equal([$"a has the SHA-256 {right}, not {wrong}"], result.Breaks(Promised("a") with { Sha256 = wrong }));
        Assert.Equal(["b is a folder, not a file"], Of("b/a", "x").Breaks(Promised("b") with { Sha256 = right }));
        Assert.Empty(result.Opened);
    }

    [Fact]
    public void A_pattern_wants_one_file_or_MinCount()
    {
        var result = Of("plots/a.png", "").With("plots/deep/b.png", "").With("plots/c.PNG", "").WithLink("plots/d.png", "a.png")
            .WithLink("plots/e.png", "nowhere");

        Assert.Empty(result.Breaks(Promised("plots") with { Pattern = "*.png" }));
        Assert.Empty(result.Breaks(Promised("plots") with { Pattern = "*.png", MinCount = 2 }));
        Assert.Empty(result.Breaks(Promised("plots") with { Pattern = "**/*.png", MinCount = 3 }));
        Assert.Empty(result.Breaks(Promised("plots") with { MinCount = 4 }));
        Assert.Equal(["plots holds 2 files matching \"*.png\", fewer than MinCount 3; it holds \"c.PNG\", \"deep/b.png\""],
            result.Breaks(Promised("plots") with { Pattern = "*.png", MinCount = 3 }));
        Assert.Equal(["plots holds 0 files matching \"*.svg\", fewer than 1; it holds \"a.png\", \"c.PNG\", \"d.png\", \"deep/b.png\""],
            result.Breaks(Promised("plots") with { Pattern = "*.svg" }));
        Assert.Equal(["plots/a.png is a file (0 bytes), not a folder"], result.Breaks(Promised("plots/a.png") with { Pattern = "*" }));
    }

    [Theory]
    [InlineData("*.png", "a.png", true)]
    [InlineData("*.png", "a/b.png", false)]
    [InlineData("*.png", "a.PNG", false)]
    [InlineData("**/*.png", "b.png", true)]
    [InlineData("**/*.png", "a/b/c.png", true)]
    [InlineData("fold?.png", "fold1.png", true)]
    [InlineData("fold?.png", "fold12.png", false)]
    [InlineData("fold?.png", "fold.png", false)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "b/a/c", false)]
    [InlineData("a/**/c", "a/c", true)]
    [InlineData("**", "a/b", true)]
    [InlineData("a+(b)[1]$.txt", "a+(b)[1]$.txt", true)] // all else is an ordinary character
    [InlineData("a.txt", "aXtxt", false)]
    [InlineData("./a\\*.txt", "a/b.txt", true)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    public void A_pattern_matches_as_in_MSBuild_items_with_case(string pattern, string path, bool expected) =>
        Assert.Equal(expected, new Glob(pattern).Matches(RelativePath.Parse(path)));
}

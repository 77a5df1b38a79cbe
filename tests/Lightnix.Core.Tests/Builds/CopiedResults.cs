using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Queries;
using Lightnix.Realizing;

namespace Lightnix.Builds;

public class CopiedResults
{
    [Fact]
    public void Clash_where_a_folder_holds_what_another_promise_is_copied_to() =>
        Assert.Equal(
            "LNX1014: promise 'b' of 'two' is copied to 'x/a', and so is 'dir' of 'one'; give one of them another Link, or copy one only",
            Clashes(File("one", "dir", "x/a"), File("one", "dir", "x/c"), File("two", "b", "x/a")));

    [Fact]
    public void Clash_with_the_folder_of_a_number() =>
        Assert.Equal(
            "LNX1014: promise 'b' of 'two' is copied to '1/m', and so is 'm' of 'many'; give one of them another Link, or copy one only",
            Clashes(File("many", "m", "1/m"), File("many", "m", "2/m"), File("two", "b", "1/m")));

    [Fact]
    public void Clash_where_one_is_a_file_and_the_other_needs_a_folder() =>
        Assert.Equal(
            "LNX1014: promise 'a' of 'one' is copied to 'y/z', and 'y', where a folder must be, is a file of 'b' of 'two'; give one of "
            + "them another Link, or copy one only",
            Clashes(File("one", "a", "y/z"), File("two", "b", "y")));

    [Theory]
    [InlineData(null, null, "")]
    [InlineData("Never", "Never", "")]
    [InlineData("Never", "Always", "LNX1014")]
    [InlineData("IfDifferent", null, "LNX1014")]
    public void Clash_where_they_are_copied_only(string? output, string? publish, string code) =>
        Assert.StartsWith(code, Clashes(File("one", "a", "x"), File("two", "b", "x", output, publish)), StringComparison.Ordinal);

    [Fact]
    public void Do_not_clash_beside_each_other() =>
        Assert.Empty(Clashes(File("one", "a", "x/a"), File("one", "b", "x/a.b"), File("two", "c", "x/A")));

    [Fact]
    public void Do_not_clash_where_one_is_built_and_the_other_published() =>
        Assert.Empty(Clashes(File("one", "a", "x", "Always", "Never"), File("two", "b", "x", "Never", "Always")));

    static string Clashes(params (StageName, PromisedFile)[] files) =>
        string.Join('\n', TargetClashes.Among([.. files]).Select(d => $"{d.Code}: {d.Message}"));

    static (StageName, PromisedFile) File(string stage, string promise, string target, string? output = "Always",
        string? publish = "Always") =>
        (StageName.Parse(stage), new(Bench.Promise(promise) with { CopyToOutputDirectory = output, CopyToPublishDirectory = publish },
            "/store/" + target, RelativePath.Parse(target))
        {
            Stored = new TreeEntry.File(RelativePath.Parse(promise), Digest.Of([]), 0, Executable: false),
            Copy = RelativePath.Parse(promise),
        });
}

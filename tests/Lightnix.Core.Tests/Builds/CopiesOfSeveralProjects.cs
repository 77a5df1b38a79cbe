using Lightnix.Model;

namespace Lightnix.Builds;

public sealed class CopiesOfSeveralProjects
{
    [Fact]
    public void At_one_place_are_reported_once_for_each_two_stages()
    {
        var clashes = Clashes(Copy("a", "one", "plots/1.png"), Copy("a", "one", "plots/2.png"), Copy("b", "two", "plots/1.png"),
            Copy("b", "two", "plots/2.png"), Copy("c", "three", "plots/2.png"));

        Assert.Equal(2, clashes.Length);
        Assert.All(clashes, d => Assert.Equal("LNX1014", d.Code));
        Assert.StartsWith(
            "'plots/1.png' is copied to the output of app.csproj from stage 'two' of b.lnproj, and from stage 'one' of a.lnproj; ",
            clashes[0].Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "'plots/2.png' is copied to the output of app.csproj from stage 'three' of c.lnproj, and from stage 'one' of a.lnproj; ",
            clashes[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_one_needs_a_folder_are_reported() =>
        Assert.Contains(
            "'plots/1.png' is copied to the output of app.csproj from stage 'one' of a.lnproj, and 'plots', where a folder must be, from "
            + "stage 'two' of b.lnproj", Assert.Single(Clashes(Copy("a", "one", "plots/1.png"), Copy("b", "two", "plots"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void To_one_place_of_what_is_published_are_reported() =>
        Assert.Single(Clashes(Copy("a", "one", "x") with { CopyToPublishDirectory = "Always" },
            Copy("b", "two", "x") with { CopyToOutputDirectory = "Never", CopyToPublishDirectory = "IfDifferent" }));

    [Fact]
    public void That_are_one_file_or_go_to_different_folders_are_no_clash() =>
        Assert.Empty(Clashes(
            Copy("a", "one", "x"),
            Copy("a", "one", "x"),
            Copy("b", "two", "x") with { CopyToOutputDirectory = "", CopyToPublishDirectory = "Always" },
            Copy("c", "three", "x") with { CopyToOutputDirectory = "Never" },
            Copy("d", "four", "y")));

    static Diagnostic[] Clashes(params CopiedFile[] copies) => [.. TargetClashes.Among("/app/app.csproj", [.. copies])];

    static CopiedFile Copy(string project, string stage, string target) =>
        new($"/{project}/{project}.lnproj", stage, RelativePath.Parse(target),
        $"/store/{project}/{target}")
        { CopyToOutputDirectory = "IfDifferent" };
}

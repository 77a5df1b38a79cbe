namespace Lightnix.Storage;

public class PathsOfStores
{
    [Theory]
    [InlineData("~", "/home/me")]
    [InlineData("~/x/y", "/home/me/x/y")]
    [InlineData("~\\x", "/home/me\\x")]
    [InlineData("~other/x", "~other/x")]
    [InlineData("./~/x", "./~/x")]
    [InlineData("/a/~", "/a/~")]
    [InlineData("", "")]
    public void MayBeginAtHome(string written, string meant) => Assert.Equal(meant, StorePath.Expand(written, "/home/me"));

    [Theory]
    [InlineData("", "/home/me/.lightnix")]
    [InlineData("~/x/", "/home/me/x")]
    [InlineData("/a/../b", "/b")]
    [InlineData("x", null)]
    public void AreTakenByTheTool(string written, string? taken) =>
        Assert.Equal(taken, StorePath.OfTool(new Dictionary<string, string> { ["LIGHTNIX_STORE"] = written, ["HOME"] = "/home/me" }));

    [Theory]
    [InlineData("/home/me/.lightnix", "lightnix gc")]
    [InlineData("/a/b", "lightnix gc --store /a/b")]
    [InlineData("/a/it's $HOME", @"lightnix gc --store '/a/it'\''s $HOME'")]
    public void AreNamedInAdviceWhereTheToolTakesAnother(string store, string command) =>
        Assert.Equal(command, new ToolCommands(store, "/home/me/.lightnix").Of("gc"));

    [Fact]
    public void StayWhereThereIsNoHome() => Assert.Equal("~/x", StorePath.Expand("~/x", null));
}

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
    public void May_begin_at_home(string written, string meant) => Assert.Equal(meant, StorePath.Expand(written, "/home/me"));

    [Theory]
    [InlineData("", "/home/me/.lightnix")]
    [InlineData("~/x/", "/home/me/x")]
    [InlineData("/a/../b", "/b")]
    [InlineData("x", null)]
    public void Are_taken_by_the_tool(string written, string? taken) =>
        Assert.Equal(taken, StorePath.OfTool(new Dictionary<string, string> { ["LIGHTNIX_STORE"] = written, ["HOME"] = "/home/me" }));

    [Theory]
    [InlineData("/home/me/.lightnix", "lightnix gc")]
    [InlineData("/a/b", "lightnix gc --store /a/b")]
    [InlineData("/a/it's $HOME", @"lightnix gc --store '/a/it'\''s $HOME'")]
    public void Are_named_in_advice_where_the_tool_takes_another(string store, string command) =>
        Assert.Equal(command, new ToolCommands(store, "/home/me/.lightnix").Of("gc"));

    [Fact]
    public void Stay_where_there_is_no_home() => Assert.Equal("~/x", StorePath.Expand("~/x", null));
}

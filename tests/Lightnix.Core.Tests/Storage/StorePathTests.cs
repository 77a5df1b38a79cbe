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

    [Fact]
    public void StayWhereThereIsNoHome() => Assert.Equal("~/x", StorePath.Expand("~/x", null));
}

namespace Lightnix.Planning;

public sealed class UrlTexts
{
    [Theory]
    [InlineData("https://host/x", "https://host/x")]
    [InlineData("http://user:secret@host:80/@x?y@z", "http://host:80/@x?***")]
    [InlineData("http://user:p@ss@host/x", "http://host/x")]
    [InlineData("http://token@host", "http://host")]
    [InlineData("http://user:se/cret@host/x", "http://host/x")] // no URL at all
    [InlineData("http://user:secret@host:99999/x", "http://host:99999/x")]
    [InlineData("file:///a@b", "file:///a@b")]
    [InlineData("file:///a?b=c", "file:///a?b=c")]
    [InlineData("https://host/x?token=secret&sig=a=b;c&list&empty=#part", "https://host/x?token=***&sig=***&***&empty=#***")]
    [InlineData("https://host?secret", "https://host?***")]
    [InlineData("https://host/x#access_token=secret", "https://host/x#access_token=***")]
    [InlineData("http://user:p@host:99999/x?token=secret", "http://host:99999/x?token=***")]
    [InlineData("no url@all", "no url@all")]
    [InlineData("https://", "https://")]
    [InlineData("s3://", "s3://")]
    public void Show_no_credentials(string url, string shown) => Assert.Equal(shown, UrlText.Shown(url));

    [Theory]
    [InlineData("http://host/x", null)]
    [InlineData("HTTPS://host:65535/x", null)]
    [InlineData("file:///x", null)]
    [InlineData("http://host:99999/", "'99999' is no port; a port is a number up to 65535")]
    [InlineData("http://u:p@host:123456/", "'123456' is no port; a port is a number up to 65535")]
    [InlineData("https:///x", "it names no host")]
    [InlineData("https://", "it names no host")]
    [InlineData("s3://", "a URL begins with")]
    [InlineData("http://a b/", "'a b' is no host")]
    [InlineData("http://user:se/cret@host/", "a '/', '?' or '#' in a password is written as %2F")]
    [InlineData("ftp://host/x", "a URL begins with")]
    [InlineData("//host/x", "a URL begins with")]
    [InlineData("/x", "a URL begins with")]
    [InlineData("x", "a URL begins with")]
    public void Say_what_would_be_right(string url, string? right)
    {
        if (right is null)
            Assert.Null(UrlText.Problem(url));
        else
            Assert.Contains(right, UrlText.Problem(url)!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_URL_has_no_host()
    {
        if (!OperatingSystem.IsWindows())
            Assert.All(["server", "localhost"],
                host => Assert.Contains($"'{host}' is read as the name of another machine", UrlText.Problem($"file://{host}/x")!,
                StringComparison.Ordinal));
    }
}

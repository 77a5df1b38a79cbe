namespace Lightnix.Building;

public sealed class DownloadsThatAreCutShort : DownloadBench
{
    [Fact]
    public async Task Tries_again_when_it_is_cut_short()
    {
        var calls = 0;
        Server.Answer("a", () => [.. "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8,
            .. Body[..(++calls < 3 ? 100_000 : 300_000)]]);
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(Server.Url("a")));
        Assert.Equal(3, calls);
        AssertDelivered();
    }

    [Fact]
    public async Task Gives_up_when_it_is_always_cut_short()
    {
        var failed = Assert.IsType<DownloadOutcome.Failed>(await Fetch(Server.File("a", Body, cutAt: 1000)));
        Assert.Contains("ended prematurely", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(3, Server.Requests.Count);
        Assert.Empty(Directory.GetFileSystemEntries(Bench.Out));
    }

    [Fact]
    public async Task Goes_on_where_it_was_cut_short()
    {
        var calls = 0;
        var url = Server.AnswerTo("a", head => ++calls switch
        {
            1 => [.. "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8, .. Body[..100_000]],
            2 =>
            [
                .. "HTTP/1.1 206 Partial Content\r\nETag: \"v1\"\r\nContent-Range: bytes 100000-299999/300000\r\n"u8,
                .. "Content-Length: 200000\r\nConnection: close\r\n\r\n"u8, .. Body[100_000..200_000],
            ],
            _ =>
            [
                .. "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 200000-299999/300000\r\n"u8,
                .. "Content-Length: 100000\r\nConnection: close\r\n\r\n"u8, .. Body[200_000..],
            ],
        });
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(url));
        AssertDelivered();
        Assert.Contains("Range: bytes=100000-\nIf-Range: \"v1\"", Server.Heads.ElementAt(1), StringComparison.Ordinal);
        Assert.Contains("Range: bytes=200000-\n", Server.Heads.ElementAt(2), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK", "")] // the file changed: the server sends it whole
    [InlineData("206 Partial Content", "Content-Range: bytes 5-299999/300000\r\n")]
    [InlineData("416 Range Not Satisfiable", "")]
    public async Task Begins_again_where_the_server_does_not_go_on(string status, string range)
    {
        var calls = 0;
        var url = Server.AnswerTo("a", head => ++calls switch
        {
            1 => [.. "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8, .. Other],
            _ when status.StartsWith('2') || head.Contains("Range:", StringComparison.Ordinal) && calls == 2 =>
                [.. Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {(head.Contains("Range:", StringComparison.Ordinal) ? status : "200 OK")}\r\n{range}Content-Length: "
                    + "300000\r\nConnection: close\r\n\r\n"), .. Body],
            _ => [.. "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8, .. Body],
        });
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(url));
        AssertDelivered();
    }

    [Fact]
    public async Task Does_not_go_on_with_a_file_that_may_be_another()
    {
        var url = Server.File("a", Body, cutAt: 1000);
        Assert.IsType<DownloadOutcome.Failed>(await Fetch(url));
        Assert.DoesNotContain("Range", string.Concat(Server.Heads), StringComparison.Ordinal);
    }
}

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lightnix.Hashing;

namespace Lightnix.Building;

public sealed class Downloading : IDisposable
{
    static readonly byte[] Body = RandomNumberGenerator.GetBytes(300_000);
    static readonly byte[] Other = [1, 2, 3];

    readonly BuilderBench _bench = new();
    readonly TinyServer _server = new();
    DownloadPolicy _policy = new(3, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(30), 1024, TimeSpan.FromSeconds(5));
    ImmutableSortedDictionary<string, string> _environment = ImmutableSortedDictionary<string, string>.Empty;

    public void Dispose()
    {
        _server.Dispose();
        _bench.Dispose();
    }

    Task<DownloadOutcome> Fetch(params string[] urls) => Fetch(null, default, urls);

    async Task<DownloadOutcome> Fetch(TimeSpan? limit, CancellationToken cancellationToken, params string[] urls)
    {
        using var downloads = new Downloads(_policy, _environment);
        return await downloads.FetchAsync(new([.. urls], Digest.Of(Body), "a.bin", false, _bench.Out, _bench.LogFile, limit),
            cancellationToken);
    }

    void AssertDelivered()
    {
        Assert.Equal([Path.Combine(_bench.Out, "a.bin")], Directory.GetFileSystemEntries(_bench.Out));
        Assert.Equal(Body, File.ReadAllBytes(Path.Combine(_bench.Out, "a.bin")));
    }

    [Fact]
    public async Task Gives_the_file_under_its_name()
    {
        var url = _server.File("x", Body);
        Assert.Equal(new DownloadOutcome.Fetched(url), await Fetch(url));
        AssertDelivered();
        Assert.Equal($"fetching {url}\n  300000 bytes, SHA-256 as declared\n", _bench.Log);
    }

    [Fact]
    public async Task Takes_the_URL_as_written()
    {
        var url = _server.File("a%20b?sig=%2B%2f&x=1", Body);
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(url));
        Assert.Equal(["/a%20b?sig=%2B%2f&x=1"], _server.Requests);
    }

    [Fact]
    public async Task Follows_redirects()
    {
        _server.File("there", Body);
        var url = _server.Status("here", "302 Found", "Location: /there\r\n");
        Assert.Equal(new DownloadOutcome.Fetched(url), await Fetch(url));
        AssertDelivered();
    }

    [Fact]
    public async Task Reads_files()
    {
        var file = Path.Combine(_bench.Root, "a b#c");
        await File.WriteAllBytesAsync(file, Body);
        Assert.IsType<DownloadOutcome.Fetched>(
            await Fetch("file://" + file.Replace(" ", "%20", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)));
        AssertDelivered();
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Asks_the_next_mirror_when_one_has_it_not()
    {
        var second = _server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second),
            await Fetch(_server.Status("a", "404 Not Found"), second, _server.File("c", Body)));
        Assert.Equal(["/a", "/b"], _server.Requests);
        AssertDelivered();
    }

    [Fact]
    public async Task Asks_the_next_mirror_when_one_has_other_bytes()
    {
        var second = _server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(_server.File("a", Other), second));
        AssertDelivered();
    }

    [Fact]
    public async Task Tells_every_wrong_hash()
    {
        string[] urls = [_server.File("a", Other), _server.Status("b", "410 Gone"), _server.File("c", [])];
        var wrong = Assert.IsType<DownloadOutcome.WrongHash>(await Fetch(urls));
        Assert.Equal([(urls[0], Digest.Of(Other)), (urls[2], Digest.Of([]))], wrong.Found.ToArray());
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Out));
    }

    [Fact]
    public async Task Tells_for_each_mirror_why_not()
    {
        string[] urls = [_server.Status("a", "404 Not Found"), "ftp://x/y", "file:///no/such/file"];
        Assert.Equal(
            new DownloadOutcome.Failed(
                $"{urls[0]}: the server answered 404 Not Found; ftp://x/y: it is no http, https or file URL; {urls[2]}: Could not find a "
                + "part of the path '/no/such/file'."),
            await Fetch(urls));
    }

    [Fact]
    public async Task Tries_again_when_it_is_cut_short()
    {
        var calls = 0;
        var url = _server.File("whole", Body);
        _server.Answer("a", () => [.. "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8,
            .. Body[..(++calls < 3 ? 100_000 : 300_000)]]);
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(_server.Url("a")));
        Assert.Equal(3, calls);
        AssertDelivered();
    }

    [Fact]
    public async Task Gives_up_when_it_is_always_cut_short()
    {
        var failed = Assert.IsType<DownloadOutcome.Failed>(await Fetch(_server.File("a", Body, cutAt: 1000)));
        Assert.Contains("ended prematurely", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(3, _server.Requests.Count);
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Out));
    }

    [Fact]
    public async Task Tries_again_when_the_server_is_overloaded()
    {
        var calls = 0;
        _server.Answer("a", () => ++calls < 2 ? [.. "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8]
            : [.. "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8, .. Body]);
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(_server.Url("a")));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Does_not_wait_for_ever()
    {
        _policy = _policy with { Silence = TimeSpan.FromMilliseconds(600) };
        var second = _server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(_server.Silence("a"), second));
        Assert.Contains("nothing came for 0.6 s; trying again", _bench.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_wait_for_a_server_that_drips()
    {
        _policy = _policy with { Silence = TimeSpan.FromMilliseconds(600) };
        var second = _server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(_server.Drip("a", TimeSpan.FromMilliseconds(20)), second));
        Assert.Contains("it came more slowly than 1024 bytes a second for 0.6 s\n", _bench.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_where_it_was_cut_short()
    {
        var calls = 0;
        var url = _server.AnswerTo("a", head => ++calls switch
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
        Assert.Contains("Range: bytes=100000-\nIf-Range: \"v1\"", _server.Heads.ElementAt(1), StringComparison.Ordinal);
        Assert.Contains("Range: bytes=200000-\n", _server.Heads.ElementAt(2), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK", "")] // the file changed: the server sends it whole
    [InlineData("206 Partial Content", "Content-Range: bytes 5-299999/300000\r\n")]
    [InlineData("416 Range Not Satisfiable", "")]
    public async Task Begins_again_where_the_server_does_not_go_on(string status, string range)
    {
        var calls = 0;
        var url = _server.AnswerTo("a", head => ++calls switch
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
        var url = _server.File("a", Body, cutAt: 1000);
        Assert.IsType<DownloadOutcome.Failed>(await Fetch(url));
        Assert.DoesNotContain("Range", string.Concat(_server.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_as_long_as_the_server_asks()
    {
        var calls = 0;
        var url = _server.Answer("a", () => ++calls < 2
            ? [.. "HTTP/1.1 429 Slowly\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8]
            : [.. "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8, .. Body]);
        var watch = Stopwatch.StartNew();
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(url));
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Asks_the_next_mirror_when_one_asks_for_too_long_a_wait()
    {
        var second = _server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(_server.Status("a", "503 Busy", "Retry-After: 3600\r\n"), second));
        Assert.Equal(["/a", "/b"], _server.Requests);
        Assert.Contains("the server answered 503 Busy, and asks to wait 3600 s\n", _bench.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///srv/data.csv", "to 'file:///srv/data.csv', and only http and https are followed")]
    [InlineData("\\\\server\\share", "to '\\\\server\\share', and only http and https are followed")]
    [InlineData("data:,x", "to 'data:,x', and only http and https are followed")]
    [InlineData("javascript:1", "to 'javascript:1', and only http and https are followed")]
    [InlineData("//", "to '//', which is no URL")]
    [InlineData("http://h:99999/", "to 'http://h:99999/', which is no URL")]
    [InlineData("http://[::1", "to 'http://[::1', which is no URL")]
    [InlineData("https://user:secret@[/x?sig=secret", "to 'https://[/x', which is no URL")]
    [InlineData("ftp://user:secret@host/x", "to 'ftp://host/x', and only http and https are followed")]
    [InlineData("x:\u001b]0;evil\u0007", "to 'x:%1B]0;evil%07', which is no URL")]
    [InlineData("", ", and so did 20 before it")]
    public async Task Asks_the_next_mirror_when_one_leads_nowhere(string location, string reason)
    {
        var second = _server.File("b", Body);
        var first = _server.Status("a", "302 Found", $"Location: {location}\r\n");
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(first, second));
        Assert.Contains($"the server answered 302 Found{(reason[0] == ',' ? "" : " ")}{reason}\n", _bench.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _bench.Log, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _bench.Log);
    }

    [Theory]
    [InlineData("401 Unauthorized", "")]
    [InlineData("404 Not Found", "")]
    [InlineData("302 Found", "Location: ftp://h/\r\n")]
    [InlineData("429 Too Many Requests", "Retry-After: 9999\r\n")]
    public async Task Names_the_server_that_answered_behind_redirects(string status, string header)
    {
        var last = _server.Status("last?sig=secret", status, header);
        var middle = _server.Status("middle", "302 Found",
            $"Location: {last.Replace("http://", "http://user:secret@", StringComparison.Ordinal)}\r\n");
        var first = _server.Status("first", "302 Found", $"Location: {middle}\r\n");
        var reason = Assert.IsType<DownloadOutcome.Failed>(await Fetch(first)).Reason;
        Assert.StartsWith($"{first}: redirected to {last.Split('?')[0]}: the server answered {status}", reason, StringComparison.Ordinal);
        Assert.Contains($"  redirected to {middle}\n  redirected to {last.Split('?')[0]}\n", _bench.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reason + _bench.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_server_that_is_down_behind_a_redirect()
    {
        var first = _server.Status("first", "302 Found", "Location: http://127.0.0.1:1/x?sig=secret\r\n");
        Assert.StartsWith($"{first}: redirected to http://127.0.0.1:1/x: ",
            Assert.IsType<DownloadOutcome.Failed>(await Fetch(first)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/there/%C3%A4?x=%2B")]
    [InlineData("there/%C3%A4?x=%2B")]
    [InlineData("//127.0.0.1:{port}/there/%C3%A4?x=%2B")]
    [InlineData("http://127.0.0.1:{port}/there/%C3%A4?x=%2B#part")]
    public async Task Follows_all_ways_to_write_a_redirect(string location)
    {
        _server.File("there/%C3%A4?x=%2B", Body);
        var port = new Uri(_server.Url("")).Port.ToString(CultureInfo.InvariantCulture);
        Assert.IsType<DownloadOutcome.Fetched>(
            await Fetch(_server.Status("here", "307 Temporary Redirect",
            $"Location: {location.Replace("{port}", port, StringComparison.Ordinal)}\r\n")));
        AssertDelivered();
    }

    [LinuxFact]
    public async Task Refuses_what_is_no_regular_file()
    {
        _policy = _policy with { Silence = TimeSpan.FromMilliseconds(600) };
        var fifo = Path.Combine(_bench.Folder, "fifo");
        Assert.IsType<BuildOutcome.Completed>(await _bench.Sh("mkfifo fifo"));
        Assert.Equal(new DownloadOutcome.Failed($"file://{fifo}: nothing came for 0.6 s"), await Fetch("file://" + fifo));
        Assert.IsType<DownloadOutcome.WrongHash>(await Fetch("file:///dev/zero"));
        using var writer = new FileStream(fifo, FileMode.Open, FileAccess.Write);
    }

    [Fact]
    public async Task A_refused_connection_is_told()
    {
        var failed = Assert.IsType<DownloadOutcome.Failed>(await Fetch("http://127.0.0.1:1/x"));
        Assert.Equal("http://127.0.0.1:1/x: Connection refused", failed.Reason);
    }

    [Fact]
    public async Task Ends_at_its_time_limit()
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(
            new DownloadOutcome.Failed("the time limit of 00:00:00.2000000 was reached") { TimedOut = true },
                await Fetch(TimeSpan.FromMilliseconds(200), default, _server.Silence("a")));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15));
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Out));
    }

    [Fact]
    public async Task Can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetch(null, cancel.Token, _server.Silence("a")));
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Out));
    }
}

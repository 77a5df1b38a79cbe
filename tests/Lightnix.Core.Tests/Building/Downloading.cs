using System.Diagnostics;
using System.Security.Cryptography;
using Lightnix.Hashing;

namespace Lightnix.Building;

public sealed class Downloading : IDisposable
{
    static readonly byte[] Body = RandomNumberGenerator.GetBytes(300_000);
    static readonly byte[] Other = [1, 2, 3];

    readonly BuilderBench _bench = new();
    readonly TinyServer _server = new();
    readonly Downloads _downloads = new(new DownloadPolicy(3, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(600)));

    public void Dispose()
    {
        _server.Dispose();
        _bench.Dispose();
    }

    Task<DownloadOutcome> Fetch(params string[] urls) => Fetch(null, default, urls);

    Task<DownloadOutcome> Fetch(TimeSpan? limit, CancellationToken cancellationToken, params string[] urls) =>
        _downloads.FetchAsync(new([.. urls], Digest.Of(Body), "a.bin", false, _bench.Out, _bench.LogFile, limit), cancellationToken);

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
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch("file://" + file.Replace(" ", "%20", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)));
        AssertDelivered();
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Asks_the_next_mirror_when_one_has_it_not()
    {
        var second = _server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(_server.Status("a", "404 Not Found"), second, _server.File("c", Body)));
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
            new DownloadOutcome.Failed($"{urls[0]}: the server answered 404 Not Found; ftp://x/y: it is no http, https or file URL; {urls[2]}: Could not find a part of the path '/no/such/file'."),
            await Fetch(urls));
    }

    [Fact]
    public async Task Tries_again_when_it_is_cut_short()
    {
        var calls = 0;
        var url = _server.File("whole", Body);
        _server.Answer("a", () => [.. "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8, .. Body[..(++calls < 3 ? 100_000 : 300_000)]]);
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
        _server.Answer("a", () => ++calls < 2 ? [.. "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8] : [.. "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8, .. Body]);
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(_server.Url("a")));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Does_not_wait_for_ever()
    {
        var second = _server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(_server.Silence("a"), second));
        Assert.Contains("nothing came for 0.6 s; trying again", _bench.Log, StringComparison.Ordinal);
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
            new DownloadOutcome.Failed("the time limit of 00:00:00.2000000 was reached") { TimedOut = true }, await Fetch(TimeSpan.FromMilliseconds(200), default, _server.Silence("a")));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3));
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

using System.Diagnostics;
using Lightnix.Hashing;

namespace Lightnix.Building;

public sealed class Downloading : DownloadBench
{
    [Fact]
    public async Task Gives_the_file_under_its_name()
    {
        var url = Server.File("x", Body);
        Assert.Equal(new DownloadOutcome.Fetched(url), await Fetch(url));
        AssertDelivered();
        Assert.Equal($"fetching {url}\n  300000 bytes, SHA-256 as declared\n", Bench.Log);
    }

    [Fact]
    public async Task Takes_the_URL_as_written()
    {
        var url = Server.File("a%20b?sig=%2B%2f&x=1", Body);
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(url));
        Assert.Equal(["/a%20b?sig=%2B%2f&x=1"], Server.Requests);
    }

    [Fact]
    public async Task Follows_redirects()
    {
        Server.File("there", Body);
        var url = Server.Status("here", "302 Found", "Location: /there\r\n");
        Assert.Equal(new DownloadOutcome.Fetched(url), await Fetch(url));
        AssertDelivered();
    }

    [Fact]
    public async Task Reads_files()
    {
        var file = Path.Combine(Bench.Root, "a b#c");
        await File.WriteAllBytesAsync(file, Body);
        Assert.IsType<DownloadOutcome.Fetched>(
            await Fetch("file://" + file.Replace(" ", "%20", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)));
        AssertDelivered();
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Asks_the_next_mirror_when_one_has_it_not()
    {
        var second = Server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second),
            await Fetch(Server.Status("a", "404 Not Found"), second, Server.File("c", Body)));
        Assert.Equal(["/a", "/b"], Server.Requests);
        AssertDelivered();
    }

    [Fact]
    public async Task Asks_the_next_mirror_when_one_has_other_bytes()
    {
        var second = Server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(Server.File("a", Other), second));
        AssertDelivered();
    }

    [Fact]
    public async Task Reports_every_wrong_hash()
    {
        string[] urls = [Server.File("a", Other), Server.Status("b", "410 Gone"), Server.File("c", [])];
        var wrong = Assert.IsType<DownloadOutcome.WrongHash>(await Fetch(urls));
        Assert.Equal([(urls[0], Digest.Of(Other)), (urls[2], Digest.Of([]))], wrong.Found.ToArray());
        Assert.Empty(Directory.GetFileSystemEntries(Bench.Out));
    }

    [Fact]
    public async Task Reports_for_each_mirror_why_not()
    {
        string[] urls = [Server.Status("a", "404 Not Found"), "ftp://x/y", "file:///no/such/file"];
        Assert.Equal(
            new DownloadOutcome.Failed(
                $"{urls[0]}: the server answered 404 Not Found; ftp://x/y: it is no http, https or file URL; {urls[2]}: Could not find a "
                + "part of the path '/no/such/file'."),
            await Fetch(urls));
    }

    [Fact]
    public async Task Tries_again_when_the_server_is_overloaded()
    {
        var calls = 0;
        Server.Answer("a", () => ++calls < 2 ? [.. "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8]
            : [.. "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8, .. Body]);
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(Server.Url("a")));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Does_not_wait_for_ever()
    {
        Policy = Policy with { Silence = TimeSpan.FromMilliseconds(600) };
        var second = Server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(Server.Silence("a"), second));
        Assert.Contains("nothing came for 0.6 s; trying again", Bench.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_wait_for_a_server_that_drips()
    {
        Policy = Policy with { Silence = TimeSpan.FromMilliseconds(600) };
        var second = Server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(Server.Drip("a", TimeSpan.FromMilliseconds(20)), second));
        Assert.Contains("it came more slowly than 1024 bytes a second for 0.6 s\n", Bench.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_as_long_as_the_server_asks()
    {
        var calls = 0;
        var url = Server.Answer("a", () => ++calls < 2
            ? [.. "HTTP/1.1 429 Slowly\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8]
            : [.. "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n"u8, .. Body]);
        var watch = Stopwatch.StartNew();
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(url));
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Asks_the_next_mirror_when_one_asks_for_too_long_a_wait()
    {
        var second = Server.File("b", Body);
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(Server.Status("a", "503 Busy", "Retry-After: 3600\r\n"), second));
        Assert.Equal(["/a", "/b"], Server.Requests);
        Assert.Contains("the server answered 503 Busy, and asks to wait 3600 s\n", Bench.Log, StringComparison.Ordinal);
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
        var second = Server.File("b", Body);
        var first = Server.Status("a", "302 Found", $"Location: {location}\r\n");
        Assert.Equal(new DownloadOutcome.Fetched(second), await Fetch(first, second));
        Assert.Contains($"the server answered 302 Found{(reason[0] == ',' ? "" : " ")}{reason}\n", Bench.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Bench.Log, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Bench.Log);
    }

    [Theory]
    [InlineData("401 Unauthorized", "")]
    [InlineData("404 Not Found", "")]
    [InlineData("302 Found", "Location: ftp://h/\r\n")]
    [InlineData("429 Too Many Requests", "Retry-After: 9999\r\n")]
    public async Task Names_the_server_that_answered_behind_redirects(string status, string header)
    {
        var last = Server.Status("last?sig=secret", status, header);
        var middle = Server.Status("middle", "302 Found",
            $"Location: {last.Replace("http://", "http://user:secret@", StringComparison.Ordinal)}\r\n");
        var first = Server.Status("first", "302 Found", $"Location: {middle}\r\n");
        var reason = Assert.IsType<DownloadOutcome.Failed>(await Fetch(first)).Reason;
        Assert.StartsWith($"{first}: redirected to {last.Split('?')[0]}: the server answered {status}", reason, StringComparison.Ordinal);
        Assert.Contains($"  redirected to {middle}\n  redirected to {last.Split('?')[0]}\n", Bench.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reason + Bench.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_server_that_is_down_behind_a_redirect()
    {
        var first = Server.Status("first", "302 Found", "Location: http://127.0.0.1:1/x?sig=secret\r\n");
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
        Server.File("there/%C3%A4?x=%2B", Body);
        var port = new Uri(Server.Url("")).Port.ToString(CultureInfo.InvariantCulture);
        Assert.IsType<DownloadOutcome.Fetched>(
            await Fetch(Server.Status("here", "307 Temporary Redirect",
            $"Location: {location.Replace("{port}", port, StringComparison.Ordinal)}\r\n")));
        AssertDelivered();
    }

    [LinuxFact]
    public async Task Refuses_what_is_no_regular_file()
    {
        Policy = Policy with { Silence = TimeSpan.FromMilliseconds(600) };
        var fifo = Path.Combine(Bench.Folder, "fifo");
        Assert.IsType<BuildOutcome.Completed>(await Bench.Sh("mkfifo fifo"));
        Assert.Equal(new DownloadOutcome.Failed($"file://{fifo}: nothing came for 0.6 s"), await Fetch("file://" + fifo));
        Assert.IsType<DownloadOutcome.WrongHash>(await Fetch("file:///dev/zero"));
        using var writer = new FileStream(fifo, FileMode.Open, FileAccess.Write);
    }

    [Fact]
    public async Task A_refused_connection_is_reported()
    {
        var failed = Assert.IsType<DownloadOutcome.Failed>(await Fetch("http://127.0.0.1:1/x"));
        Assert.Equal("http://127.0.0.1:1/x: Connection refused", failed.Reason);
    }

    [Fact]
    public async Task Ends_at_its_time_limit()
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(
            new DownloadOutcome.Failed("the time limit of 00:00:00.2 was reached") { TimedOut = true },
                await Fetch(TimeSpan.FromMilliseconds(200), default, Server.Silence("a")));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15));
        Assert.Empty(Directory.GetFileSystemEntries(Bench.Out));
    }

    [Fact]
    public async Task Can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetch(null, cancel.Token, Server.Silence("a")));
        Assert.Empty(Directory.GetFileSystemEntries(Bench.Out));
    }
}

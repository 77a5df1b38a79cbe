using System.Security.Cryptography;
using Lightnix.Building;

namespace Lightnix.Scenarios;

public sealed class DownloadsThatAreNotWhatTheySay : IDisposable
{
    readonly Site _site = new();
    readonly TinyServer _server = new();

    public void Dispose()
    {
        _site.Dispose();
        _server.Dispose();
    }

    [LinuxFact]
    public async Task Fail_with_both_hashes_leave_nothing_and_are_fetched_again()
    {
        byte[] wanted = [.. "the data\n"u8], served = [.. "other data\n"u8];
        var items = $$"""
            <Stage Include="data" Url="{{_server.File("data.csv", served)}}" Sha256="{{Hash(wanted)}}" />
            <Promise Include="data.csv" Stage="data" />
            <Stage Include="reads" Command="cat @{data/data.csv} > @{out}/a" /><Promise Include="a" Stage="reads" />
            <Stage Include="beside" Command="echo 1 > @{out}/b" /><Promise Include="b" Stage="beside" />
            """;
        var failed = await _site.BuildAsync(items);

        var error = Assert.Single(failed.Errors);
        Assert.Equal("LNX2004", error.Code);
        Assert.Contains(Hash(wanted), error.Message, StringComparison.Ordinal);
        Assert.Contains(Hash(served), error.Message, StringComparison.Ordinal);
        Assert.Equal(["beside#1", "data#1"], failed.Ran);
        Assert.Single(Directory.GetDirectories(Path.Combine(_site.StoreFolder, "trees")));

        _server.File("data.csv", wanted);
        var built = await _site.BuildAsync(items);

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal(["data#1", "reads#1"], built.Ran);
        Assert.Equal("the data", _site.Result("reads/a"));
        // What is there is never fetched again, wherever it was said to be.
        Assert.Equal(2, _server.Requests.Count);
        Assert.Empty(
            (await _site.BuildAsync(items.Replace("/data.csv\" Sha256", "/elsewhere/data.csv\" Sha256", StringComparison.Ordinal))).Ran);
        Assert.Equal(2, _server.Requests.Count);
    }

    [LinuxFact]
    public async Task Are_refused_at_their_stage_and_nothing_else_fails()
    {
        var folder = _site.Sh("""
            mkdir t; printf 1 > t/$(printf '\344.csv'); tar cf names.tar -C t .; rm t/*
            tar cf whole.tar t; truncate -s 1M t/hole; tar --sparse --format=posix -cf holes.tar -C t .
            cat whole.tar whole.tar > two.tar; pwd
            """).Trim();
        string Url(string name) =>
            $"Url=\"file://{folder}/{name}\" Sha256=\"{Hash(File.ReadAllBytes(Path.Combine(folder, name)))}\" Unpack=\"true\"";
        var built = await _site.BuildAsync($"""
            <Stage Include="names" {Url("names.tar")} /><Stage Include="two" {Url("two.tar")} />
            <Stage Include="holes" {Url("holes.tar")} /><Promise Include="hole" Stage="holes" />
            <Stage Include="redirects" Url="{_server.Status("r", "302 Found", "Location: \\\\server\\share\r\n")}" Sha256="{Hash([])}" />
            <Stage Include="beside" Command="echo 1 > @{"{"}out{"}"}/b" /><Promise Include="b" Stage="beside" />
            """);

        Assert.Equal(["names LNX2007", "redirects LNX2002", "two LNX2002"],
            built.Errors.Select(e => $"{e.Message.Split('\'')[1]} {e.Code}").Order(StringComparer.Ordinal));
        Assert.Contains(built.Errors, e => e.Message.Contains("its bytes are 2e2fe42e637376", StringComparison.Ordinal));
        Assert.Contains(built.Errors, e => e.Message.Contains(
            "the server answered 302 Found to '\\\\server\\share', and only http and https are followed", StringComparison.Ordinal));
        Assert.Equal("1", _site.Result("beside/b"));
        Assert.Equal(1 << 20, new FileInfo(_site["project/bin/holes/hole"]).Length);
    }

    [LinuxFact]
    public async Task Keep_passwords_of_their_URLs_to_themselves()
    {
        byte[] wanted = [.. "the data\n"u8];
        var url = _server.AnswerTo("data.csv", head => head.Contains("Authorization: Basic dXNlcjpzM2NyZXQ=\n", StringComparison.Ordinal)
            ? [.. "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\n"u8, .. wanted]
            : [.. "HTTP/1.1 401 Who\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8])
                .Replace("http://", "http://user:s3cret@", StringComparison.Ordinal);
        var built = await _site.BuildAsync($"""
            <Stage Include="data" Url="{url}" Sha256="{Hash(wanted)}" /><Promise Include="data.csv" Stage="data" />
            <Stage Include="wrong" Url="{url}" Sha256="{Hash([])}" />
            <Stage Include="missing" Url="{url.Replace("s3cret", "s3cret2", StringComparison.Ordinal)}" Sha256="{Hash([1])}" />
            """);

        Assert.Equal("the data", _site.Result("data/data.csv"));
        Assert.Equal(2, built.Errors.Length);
        Assert.DoesNotContain("s3cret", built.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _site.Sh("grep -rl s3cret store project || true").Trim());

        // A mistake in such a URL does not show it either.
        var wrong = url.Replace("/data.csv", "99999/data.csv", StringComparison.Ordinal);
        var mistaken = await _site.BuildAsync($"""<Stage Include="data" Url="{wrong}" Sha256="{Hash(wanted)}" />""");
        Assert.Contains("a port is a number up to 65535", Assert.Single(mistaken.Errors).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", mistaken.ToString(), StringComparison.Ordinal);
    }

    static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

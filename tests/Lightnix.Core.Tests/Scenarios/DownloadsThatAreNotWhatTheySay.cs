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
            <Stage Include="data" Url="{{_server.File("data.csv", served)}}" Sha256="{{Hash(wanted)}}" /><Promise Include="data.csv" Stage="data" />
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
        Assert.Empty((await _site.BuildAsync(items.Replace("/data.csv\" Sha256", "/elsewhere/data.csv\" Sha256", StringComparison.Ordinal))).Ran);
        Assert.Equal(2, _server.Requests.Count);
    }

    static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

using System.Security.Cryptography;
using Lightnix.Hashing;

namespace Lightnix.Building;

/// <summary>Downloads of one file from a server.</summary>
public abstract class DownloadBench : IDisposable
{
    /// <summary>What is declared.</summary>
    private protected static readonly byte[] Body = RandomNumberGenerator.GetBytes(300_000);

    private protected static readonly byte[] Other = [1, 2, 3];

    private protected BuilderBench Bench { get; } = new();

    private protected TinyServer Server { get; } = new();

    private protected DownloadPolicy Policy { get; set; } =
        new(3, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(30), 1024, TimeSpan.FromSeconds(5));

    public void Dispose()
    {
        Server.Dispose();
        Bench.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<DownloadOutcome> Fetch(params string[] urls) => Fetch(null, default, urls);

    private protected async Task<DownloadOutcome> Fetch(TimeSpan? limit, CancellationToken cancellationToken, params string[] urls)
    {
        using var downloads = new Downloads(Policy, ImmutableSortedDictionary<string, string>.Empty);
        return await downloads.FetchAsync(new([.. urls], Digest.Of(Body), "a.bin", false, Bench.Out, Bench.LogFile, limit),
            cancellationToken);
    }

    private protected void AssertDelivered()
    {
        Assert.Equal([Path.Combine(Bench.Out, "a.bin")], Directory.GetFileSystemEntries(Bench.Out));
        Assert.Equal(Body, File.ReadAllBytes(Path.Combine(Bench.Out, "a.bin")));
    }
}

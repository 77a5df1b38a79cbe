using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>A plan asks whether the choices of referenced projects are in the store. Its store is open for reading only.</summary>
public sealed class ResultsThatAPlanReads : IDisposable
{
    readonly Farm _farm = Farm.Built();

    public void Dispose() => _farm.Dispose();

    [Fact]
    public void Are_found_and_nothing_is_written()
    {
        var listings = Directory.GetFiles(Path.Combine(_farm.StoreFolder, "trees"));
        var trees = Directory.GetDirectories(Path.Combine(_farm.StoreFolder, "trees"))
            .Select(t => Reference<Tree>.Parse(Path.GetFileName(t))).ToList();
        foreach (var listing in listings)
            File.SetLastWriteTimeUtc(listing, DateTime.UnixEpoch);
        var sessions = Directory.GetFileSystemEntries(Path.Combine(_farm.StoreFolder, "locks"), "*", SearchOption.AllDirectories);

        using var store = Store.OpenReadOnly(_farm.StoreFolder);
        var results = new StoredResults(store, Root.None(_farm.Project));

        Assert.NotEmpty(trees);
        Assert.All(trees, t => Assert.True(results.Keep(t)));
        Assert.All(listings, l => Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(l)));
        Assert.Equal(sessions, Directory.GetFileSystemEntries(Path.Combine(_farm.StoreFolder, "locks"), "*", SearchOption.AllDirectories));
    }
}

using Lightnix.Building;

namespace Lightnix.Storage;

/// <summary>A folder of results in which somebody puts a link in the place of a folder while it is taken.</summary>
public sealed class AFolderThatChangesWhileItIsTaken : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [LinuxFact]
    public void Gives_nothing_from_elsewhere()
    {
        var folder = _temp.Make("result", "mkdir -p d/e; printf open > d/e/secret");
        var elsewhere = _temp.Make("elsewhere", "mkdir e; printf hidden > e/secret");
        var swapped = false;
        // Taking copies the folders first, and each file when it comes to it.
        using var store = Store.Open(_temp["store"], new Disk(step =>
        {
            if (step != "make folder" || swapped || !Sh.Run("find . -name d", _temp.Folder).Contains("/trees/", StringComparison.Ordinal))
                return;
            swapped = true;
            Directory.Move(Path.Combine(folder, "d"), _temp["moved"]);
            Directory.CreateSymbolicLink(Path.Combine(folder, "d"), elsewhere);
        }));

        var refused = Assert.Throws<StoreException>(() => store.Trees.Take(folder));

        Assert.True(swapped);
        Assert.Contains("'d/e/secret' changed while it was taken", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_temp["store/files"], "*", SearchOption.AllDirectories));
    }

    [LinuxFact]
    public void Opens_what_is_in_it()
    {
        var folder = _temp.Make("folder", "mkdir d; printf one > d/one; ln -s one d/link; ln -s d l; mkfifo fifo");
        using var opened = OpenedFolder.At(folder);
        using var file = opened.OpenForReading(Model.RelativePath.Parse("d/one"));
        Assert.Equal(3, RandomAccess.GetLength(file!));
        foreach (var other in new[] { "d/link", "l/one", "d", "fifo", "d/one/x", "none" })
            Assert.Null(opened.OpenForReading(Model.RelativePath.Parse(other)));
    }
}

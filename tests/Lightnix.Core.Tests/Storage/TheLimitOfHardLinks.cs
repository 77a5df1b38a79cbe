using Lightnix.Model;

namespace Lightnix.Storage;

public sealed class TheLimitOfHardLinks : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Ends_sharing_and_begins_it_again()
    {
        using var store = Store.Open(_temp["store"]);
        var first = store.Trees.Take(_temp.Make("a", "printf same > one"));
        var shared = Directory.EnumerateFiles(_temp["store/files"], "*", SearchOption.AllDirectories).Single();
        Directory.CreateDirectory(_temp["names"]);
        var made = 2;
        while (made < 70_000 && Native.Link(shared, _temp[$"names/{made}"]) == 0)
            made++;
        if (made == 70_000)
            return;

        var second = store.Trees.Take(_temp.Make("b", "printf same > two"));
        var third = store.Trees.Take(_temp.Make("c", "printf same > three"));

        FileFacts Facts(Tree tree, string name) => Files.Facts(Path.Combine(store.Trees.FolderOf(tree.Reference), name))!;
        Assert.NotEqual(Facts(first, "one").Inode!.Number, Facts(second, "two").Inode!.Number);
        Assert.Equal(Facts(second, "two").Inode!.Number, Facts(third, "three").Inode!.Number);
        Assert.Equal("same", File.ReadAllText(Path.Combine(store.Trees.FolderOf(third.Reference), "three")));
    }
}

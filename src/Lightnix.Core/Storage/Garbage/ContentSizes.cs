namespace Lightnix.Storage;

/// <summary>How many bytes the contents of a store take, each counted once, however many trees share it.</summary>
sealed class ContentSizes
{
    readonly StoreInventory _inventory;
    readonly Dictionary<string, Content> _contents = new(StringComparer.Ordinal);

    public ContentSizes(StoreInventory inventory)
    {
        _inventory = inventory;
        foreach (var tree in inventory.Present)
            Stay(FilesOf(tree));
    }

    public long Total { get; private set; }

    /// <summary>Notes that files stay, whatever becomes of a tree that has them.</summary>
    public void Stay(IEnumerable<TreeEntry.File> files)
    {
        foreach (var file in files)
            Stay(NameOf(file), file.Size);
    }

    /// <summary>Notes that a file in <c>files/</c> stays, by its name there.</summary>
    public void Stay(string name, long size)
    {
        if (!_contents.TryGetValue(name, out var content))
            _contents.Add(name, content = new(size));
        if (content.Users++ == 0)
            Total += content.Size;
    }

    /// <summary>Takes a tree away.</summary>
    /// <returns>The bytes that no other tree has, and that do not stay for another reason.</returns>
    public long Without(Reference<Tree> tree)
    {
        var before = Total;
        foreach (var file in FilesOf(tree))
        {
            var content = _contents[NameOf(file)];
            if (--content.Users == 0)
                Total -= content.Size;
        }
        return before - Total;
    }

    /// <summary>Takes away a file in <c>files/</c> that had no other name.</summary>
    /// <param name="size">Its size, where it was not counted.</param>
    /// <returns>The bytes that this frees; 0 where they went with a tree.</returns>
    public long Without(string name, long size)
    {
        if (!_contents.TryGetValue(name, out var content))
            return size;
        var freed = content.Users > 0 ? content.Size : 0;
        (content.Users, Total) = (0, Total - freed);
        return freed;
    }

    /// <summary>True where a file in <c>files/</c> was counted, as that of a tree.</summary>
    public bool Knew(string name) => _contents.ContainsKey(name);

    IEnumerable<TreeEntry.File> FilesOf(Reference<Tree> tree) =>
        _inventory.Listing(tree)?.Entries.OfType<TreeEntry.File>().DistinctBy(NameOf) ?? [];

    static string NameOf(TreeEntry.File file) => StoreLayout.NameOf(file.Content, file.Executable);

    sealed class Content(long size)
    {
        public long Size => size;

        /// <summary>Trees that have it, and other reasons for which it stays.</summary>
        public int Users { get; set; }
    }
}

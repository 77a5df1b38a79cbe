namespace Lightnix.Storage;

/// <summary>How many bytes the trees of a store take, each content counted once, however many trees share it.</summary>
sealed class ContentSizes
{
    readonly StoreInventory _inventory;
    readonly Dictionary<(Digest, bool), (long Size, int Trees)> _contents = [];
    readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public ContentSizes(StoreInventory inventory)
    {
        _inventory = inventory;
        foreach (var tree in inventory.Present)
            Count(FilesOf(tree), 1);
    }

    public long Total { get; private set; }

    /// <summary>Files that stay when their trees go.</summary>
    public void Remain(IEnumerable<TreeEntry.File> files) => Count(files, 1);

    public void Without(Reference<Tree> tree) => Count(FilesOf(tree), -1);

    /// <summary>True where the file in <c>files/</c> was counted as that of a tree.</summary>
    public bool Knew(string place) => _known.Contains(place[(place.LastIndexOf('/') + 1)..]);

    IEnumerable<TreeEntry.File> FilesOf(Reference<Tree> tree) =>
        _inventory.Listing(tree)?.Entries.OfType<TreeEntry.File>().DistinctBy(f => (f.Content, f.Executable)) ?? [];

    void Count(IEnumerable<TreeEntry.File> files, int trees)
    {
        foreach (var file in files)
        {
            var former = _contents.GetValueOrDefault((file.Content, file.Executable)).Trees;
            _contents[(file.Content, file.Executable)] = (file.Size, former + trees);
            _known.Add(file.Content + (file.Executable ? ".x" : ""));
            if (former == 0)
                Total += file.Size;
            else if (former + trees == 0)
                Total -= file.Size;
        }
    }
}

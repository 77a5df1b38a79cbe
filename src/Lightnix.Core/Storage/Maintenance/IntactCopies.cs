namespace Lightnix.Storage;

/// <summary>Finds the bytes of a damaged file elsewhere in the store: in <c>files/</c>, or in a tree with its own inode.</summary>
sealed class IntactCopies(StoreLayout layout)
{
    readonly Lazy<ILookup<Digest, string>> _inTrees = new(() => (
        from name in Files.Names(layout.Trees)
        let tree = Reference<Tree>.TryParse(name, out var t) ? Listing(layout, t) : null
        where tree is not null
        from file in tree.Entries.OfType<TreeEntry.File>()
        select (file.Content, Path: file.Path.Under(layout.FolderOf(tree.Reference)))).ToLookup(f => f.Content, f => f.Path));

    /// <summary>A file with exactly these bytes; null where there is none.</summary>
    public string? Find(Digest content) =>
        new[] { layout.ContentOf(content, false), layout.ContentOf(content, true) }.Concat(_inTrees.Value[content])
            .FirstOrDefault(path => Is(path, content));

    public static bool Is(string path, Digest content) => Files.DigestOf(path) == content;

    /// <summary>A tree's listing; null where it is not what its name says.</summary>
    public static Tree? Listing(StoreLayout layout, Reference<Tree> tree)
    {
        try
        {
            return Files.TryRead(layout.ListingOf(tree)) is { } bytes && Digest.Of(bytes) == tree.Digest ? Tree.Parse(bytes) : null;
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return null;
        }
    }
}

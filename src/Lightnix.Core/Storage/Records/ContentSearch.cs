namespace Lightnix.Storage;

/// <summary>Finds results by their content: a file or a folder that was copied anywhere is known by its bytes.</summary>
/// <remarks>Listings outlive their trees, so that results that were collected are found too.</remarks>
public sealed class ContentSearch(Store store)
{
    readonly StoreLayout _layout = new(store.Folder);

    /// <summary>Results that hold this content, and where; sorted by tree and path.</summary>
    /// <param name="path">A file, or a folder with all that it holds; absolute.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ImmutableArray<FoundContent> Find(string path, CancellationToken cancellationToken = default)
    {
        var real = RealPathOf(path);
        return Files.Facts(real)?.Kind switch
        {
            FileKind.File => Holding(DigestOf(real, cancellationToken)),
            FileKind.Folder => Holding(TreeOf(real, cancellationToken)),
            _ => [],
        };
    }

    // A link is named for what it leads to. Files are opened without following one.
    static string RealPathOf(string path) => new RealPaths(Files.LinkAt).Of(path);

    /// <summary>Names of stages that declared a file with these bytes as a source, sorted.</summary>
    public ImmutableArray<StageName> StagesWithSource(string path)
    {
        if (Files.DigestOf(RealPathOf(path)) is not { } content)
            return [];
        var text = Encoding.ASCII.GetBytes(content.ToString());
        return
        [
            .. Files.Names(_layout.Derivations).Select(n => Path.Combine(_layout.Derivations, n))
                .Where(file => Files.TryRead(file) is { } bytes && bytes.AsSpan().IndexOf(text) >= 0)
                .Select(RecordFile.TryRead<Derivation>).OfType<Derivation>()
                .Where(d => d.Sources.Any(s => s.Content == content)).Select(d => d.Name).Distinct().Order(),
        ];
    }

    ImmutableArray<FoundContent> Holding(Digest content) =>
    [
        .. Listing(content).SelectMany(tree => tree.Entries.OfType<TreeEntry.File>().Where(f => f.Content == content)
            .Select(f => new FoundContent(content, tree.Reference, f.Path))),
    ];

    // A folder may be a part of a tree. Each tree that holds it lists its first file.
    ImmutableArray<FoundContent> Holding(Tree folder)
    {
        if (folder.Entries.OfType<TreeEntry.File>().FirstOrDefault() is not { } first)
            return store.Trees.Find(folder.Reference) is null ? [] : [new(folder.Reference.Digest, folder.Reference, RelativePath.Root)];
        return
        [
            .. Listing(first.Content).SelectMany(tree => tree.Entries.OfType<TreeEntry.File>().Where(f => f.Content == first.Content)
                .Select(f => Above(f.Path, first.Path)).OfType<RelativePath>()
                .Where(at => tree.Subtree(at).Reference == folder.Reference)
                .Select(at => new FoundContent(folder.Reference.Digest, tree.Reference, at))),
        ];
    }

    // The folder in which a file has this path; null if there is none.
    static RelativePath? Above(RelativePath file, RelativePath path)
    {
        var at = file;
        for (var rest = path; !rest.IsRoot; rest = rest.Parent)
        {
            if (at.IsRoot)
                return null;
            at = at.Parent;
        }
        return at.IsRoot || file.ToString() == $"{at}/{path}" ? at : null;
    }

    // The text of a listing is searched before it is read as one: most listings do not have the content.
    IEnumerable<Tree> Listing(Digest content)
    {
        var text = Encoding.ASCII.GetBytes(content.ToString());
        foreach (var name in Files.Names(_layout.Listings).Order(StringComparer.Ordinal))
        {
            if (Reference<Tree>.TryParse(name, out var tree) && Files.TryRead(_layout.ListingOf(tree)) is { } bytes
                && bytes.AsSpan().IndexOf(text) >= 0 && store.Trees.Find(tree) is { } found)
                yield return found;
        }
    }

    static Tree TreeOf(string folder, CancellationToken cancellationToken) =>
        Tree.Of(FolderWalk.Of(folder, owned: false, cancellationToken: cancellationToken).Entries
            .Select(e => e.ToTreeEntry(() => (DigestOf(e.File, cancellationToken), e.Facts.Size))).OfType<TreeEntry>());

    static Digest DigestOf(string file, CancellationToken cancellationToken) =>
        Files.DigestOf(file, cancellationToken) ?? throw new IOException($"'{file}' cannot be read");
}

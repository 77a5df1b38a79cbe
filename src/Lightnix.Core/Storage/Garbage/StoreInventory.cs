namespace Lightnix.Storage;

/// <summary>All that a store holds, read once, and what names what.</summary>
sealed class StoreInventory
{
    readonly StoreLayout _layout;
    readonly Dictionary<Reference<Tree>, Tree?> _listings = [];
    readonly HashSet<Reference<Tree>> _present;

    public StoreInventory(StoreLayout layout)
    {
        _layout = layout;
        Present = [.. References<Tree>(layout.Trees).Order()];
        _present = [.. Present];
        Known = References<Resolved>(layout.ResolvedFolders)
            .ToImmutableSortedDictionary(r => r, r => ResolvedRecords.Read(layout.FolderOf(r), r));
        Of = Known.SelectMany(k => k.Value.Realizations.Select(r => (k.Key, r.Tree))).ToLookup(r => r.Tree, r => r.Key);
        Runs = Known.Values.SelectMany(k => k.Runs).ToLookup(r => r.Tree);
        Realizations = Known.Values.SelectMany(k => k.Realizations).ToLookup(r => r.Reference());
    }

    /// <summary>Trees that are there, sorted.</summary>
    public ImmutableArray<Reference<Tree>> Present { get; }

    public bool Has(Reference<Tree> tree) => _present.Contains(tree);

    public ImmutableSortedDictionary<Reference<Resolved>, ResolvedRecords> Known { get; }

    /// <summary>The resolved derivations of which a tree is a result.</summary>
    public ILookup<Reference<Tree>, Reference<Resolved>> Of { get; }

    /// <summary>The runs that gave a tree.</summary>
    public ILookup<Reference<Tree>, Run> Runs { get; }

    public ILookup<Reference<Realization>, Realization> Realizations { get; }

    /// <summary>The listing of a tree; null where it is missing or damaged.</summary>
    public Tree? Listing(Reference<Tree> tree)
    {
        if (!_listings.TryGetValue(tree, out var listing))
            _listings.Add(tree, listing = IntactCopies.Listing(_layout, tree));
        return listing;
    }

    /// <summary>When a tree was last chosen or made.</summary>
    public DateTimeOffset LastUse(Reference<Tree> tree) => Last(Runs[tree].Select(r => r.Facts), _layout.ListingOf(tree));

    /// <summary>When a build last asked for the results of a resolved derivation, or made one.</summary>
    public DateTimeOffset LastUse(Reference<Resolved> resolved) => Last(Known[resolved].Facts, _layout.Of(resolved));

    /// <summary>When the use of a record was last noted in the time of its file.</summary>
    public static DateTimeOffset At(string file) => FileFacts.TimeOf(Files.Facts(file));

    static DateTimeOffset Last(IEnumerable<RunFacts> runs, string file) => runs.Select(r => r.End).Append(At(file)).Max();

    static IEnumerable<Reference<T>> References<T>(string folder) where T : class =>
        Files.Names(folder).Select(n => Reference<T>.TryParse(n, out var reference) ? reference : null).OfType<Reference<T>>();
}

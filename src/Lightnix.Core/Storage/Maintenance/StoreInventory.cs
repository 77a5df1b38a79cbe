using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>All that a store holds, read once: who names what.</summary>
sealed class StoreInventory
{
    readonly StoreLayout _layout;
    readonly Dictionary<Reference<Tree>, Tree?> _listings = [];
    readonly HashSet<Reference<Tree>> _present;

    public StoreInventory(StoreLayout layout)
    {
        _layout = layout;
        Present = [.. Files.Names(layout.Trees).Select(n => Reference<Tree>.TryParse(n, out var tree) ? tree : null).OfType<Reference<Tree>>().Order()];
        _present = [.. Present];
        Known = Files.Names(layout.ResolvedFolders).Select(n => Reference<Resolved>.TryParse(n, out var resolved) ? resolved : null).OfType<Reference<Resolved>>()
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

    /// <summary>Null where it is not there, or damaged.</summary>
    public Tree? Listing(Reference<Tree> tree)
    {
        if (!_listings.TryGetValue(tree, out var listing))
            _listings.Add(tree, listing = IntactCopies.Listing(_layout, tree));
        return listing;
    }

    /// <summary>When a tree was last chosen or made.</summary>
    public DateTimeOffset LastUse(Reference<Tree> tree)
    {
        var noted = DateTimeOffset.UnixEpoch.AddTicks((Files.Facts(_layout.ListingOf(tree))?.Modified ?? 0) / 100);
        return Runs[tree].Select(r => r.Facts.End).Append(noted).Max();
    }
}

/// <summary>What is known of one resolved derivation, as far as it can be read.</summary>
/// <param name="Damaged">A record could not be read.</param>
sealed record ResolvedRecords(ImmutableArray<Realization> Realizations, ImmutableArray<Run> Runs, ImmutableArray<Failure> Failures, bool Damaged)
{
    public IEnumerable<RunFacts> Facts => Runs.Select(r => r.Facts).Concat(Failures.Select(f => f.Facts));

    public static ResolvedRecords Read(string folder, Reference<Resolved> resolved)
    {
        var names = Files.Names(folder).Order(StringComparer.Ordinal).ToImmutableArray();
        var (realizations, runs, failures) = (All<Realization>(folder, names, StoreLayout.RealizationPrefix), All<Run>(folder, names, StoreLayout.RunPrefix), All<Failure>(folder, names, StoreLayout.FailurePrefix));
        // Where a record of another is, one of its own may be elsewhere.
        return new([.. realizations.OfType<Realization>()], [.. runs.OfType<Run>()], [.. failures.OfType<Failure>()],
            runs.Any(r => r?.Facts.Resolved != resolved) || realizations.Any(r => r?.Resolved != resolved));
    }

    static ImmutableArray<T?> All<T>(string folder, ImmutableArray<string> names, string prefix) where T : class, IRecord<T> =>
        [.. names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => RecordStore.TryRead<T>(Path.Combine(folder, n)))];
}

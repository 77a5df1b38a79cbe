using System.Collections.Concurrent;
using Lightnix.Contracts;

namespace Lightnix.Storage;

/// <summary>A store as a build reads it, and keeps what it relies on.</summary>
/// <param name="last">The root of the project. It keeps things already (but trees of intermediate stages): for those nothing is noted, and
/// a build that does nothing writes nothing.</param>
/// <param name="remember">Whether verdicts that took reading are written down.</param>
/// <param name="everyByte">Reads all of a chosen tree before it is used; else looks at sizes, modes and times.</param>
public sealed class StoredResults(Store store, Root last, bool remember = true, bool everyByte = false,
    CancellationToken cancellationToken = default)
    : ITraces, ITrees, ILease, IVerdictMemory
{
    // Where nothing can be noted, what is there is used all the same.
    readonly bool _notes = store.IsOpenForWriting && !store.IsReadOnly;

    readonly HashSet<Reference<Tree>> _trees = [.. last.Stages.Values.Where(s => !s.IsIntermediate).SelectMany(s => s.Choice.Trees)];
    readonly HashSet<Reference<Resolved>> _resolved = [.. last.Stages.Values.SelectMany(s => s.Results.Select(r => r.Resolved))];
    readonly ConcurrentDictionary<Reference<Tree>, bool> _sound = new();
    readonly ConcurrentDictionary<Reference<Tree>, Tree> _listings = new();

    /// <exception cref="StoreException">LNX3001: it is there, and damaged.</exception>
    public bool Keep(Reference<Tree> tree)
    {
        if (!(_trees.Contains(tree) || !_notes ? store.Trees.Use(tree) : store.Trees.Keep(tree)))
            return false;
        if (!_sound.ContainsKey(tree))
        {
            store.Trees.Check(Find(tree) ?? store.Trees.Get(tree), everyByte, cancellationToken);
            _sound[tree] = true;
        }
        return true;
    }

    public void Keep(Resolved resolved, Reference<Resolved> reference)
    {
        if (_notes && _resolved.Contains(reference))
            store.Records.Heal(resolved, reference);
        else if (_notes)
            store.Records.Keep(resolved, reference);
    }

    public ValueTask<History> HistoryAsync(Reference<Resolved> of, CancellationToken cancellationToken) => new(store.Records.History(of));

    public ValueTask<Derivation?> FindAsync(Reference<Derivation> derivation, CancellationToken cancellationToken) =>
        new(store.Records.Find(derivation));

    public ValueTask<Resolved?> FindAsync(Reference<Resolved> resolved, CancellationToken cancellationToken) =>
        new(store.Records.Find(resolved));

    public ValueTask<Realization?> FindRealizationAsync(string prefix, CancellationToken cancellationToken) =>
        new(store.Records.FindRealization(prefix));

    public bool Contains(Reference<Tree> tree) => store.Trees.Contains(tree);

    // A build judges a tree and then relies on it: its listing is read once.
    public Tree? Find(Reference<Tree> tree)
    {
        if (!_listings.TryGetValue(tree, out var listing) && (listing = store.Trees.Find(tree)) is not null)
            _listings.TryAdd(tree, listing);
        return listing;
    }

    public IResultFiles Open(Tree tree) => store.Trees.Open(tree, cancellationToken);

    public ImmutableArray<string>? Remembered(Reference<Tree> tree, Digest promise) => store.Verdicts.Find(tree, promise);

    public void Remember(Reference<Tree> tree, Digest promise, ImmutableArray<string> broken)
    {
        if (remember && _notes)
            store.Verdicts.Add(tree, promise, broken);
    }
}

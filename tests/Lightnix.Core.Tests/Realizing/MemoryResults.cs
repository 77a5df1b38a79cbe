using System.Collections.Concurrent;
using Lightnix.Contracts;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Realizing;

/// <summary>A store in memory.</summary>
sealed class MemoryResults : ITraces, ITrees, ILease, IVerdictMemory
{
    readonly ConcurrentDictionary<Reference<Tree>, Tree> _trees = new();
    readonly ConcurrentDictionary<Digest, byte[]> _files = new();
    readonly ConcurrentDictionary<Reference<Resolved>, History> _histories = new();
    readonly ConcurrentDictionary<Reference<Resolved>, Resolved> _resolved = new();
    readonly ConcurrentDictionary<Reference<Tree>, string[]> _evicted = new();
    readonly ConcurrentDictionary<Reference<Resolved>, bool> _damaged = new();

    public ConcurrentDictionary<Reference<Derivation>, Derivation> Derivations { get; } = new();

    /// <summary>Nothing is known of it any more, as in a store that never had it.</summary>
    public void Forget(Reference<Resolved> resolved)
    {
        _histories.TryRemove(resolved, out _);
        _resolved.TryRemove(resolved, out _);
    }

    public void Reject(Reference<Resolved> resolved, Rejection rejection) =>
        _histories[resolved] = _histories[resolved] with { Rejections = [rejection] };

    public void Unreject(Reference<Resolved> resolved) => _histories[resolved] = _histories[resolved] with { Rejections = [] };

    public Tree Take(IEnumerable<KeyValuePair<string, string>> files)
    {
        var tree = Tree.Of(files.Select(f =>
        {
            var bytes = Encoding.UTF8.GetBytes(f.Value);
            _files[Digest.Of(bytes)] = bytes;
            return new TreeEntry.File(RelativePath.Parse(f.Key), Digest.Of(bytes), bytes.Length, false);
        }));
        _trees[tree.Reference] = tree;
        _evicted.TryRemove(tree.Reference, out _);
        return tree;
    }

    public void Add(Run run, Resolved resolved)
    {
        _resolved[run.Facts.Resolved] = resolved;
        _histories.AddOrUpdate(run.Facts.Resolved, _ => new([run], [], []), (_, h) => h with { Runs = h.Runs.Add(run) });
    }

    /// <summary>What is known of it cannot be read any more.</summary>
    public void Damage(Reference<Resolved> resolved) => _damaged[resolved] = true;

    /// <summary>Collects a tree.</summary>
    /// <param name="kept">Files that stay, as metric files do.</param>
    public void Evict(Reference<Tree> tree, params string[] kept) => _evicted[tree] = kept;

    public string Read(Reference<Tree> tree, string path) =>
        Encoding.UTF8.GetString(_files[((TreeEntry.File)_trees[tree].Find(RelativePath.Parse(path))!).Content]);

    public History HistoryOf(Reference<Resolved> resolved) => _damaged.ContainsKey(resolved)
        ? throw new StoreException("LNX3001", "the store is damaged")
        : _histories.GetValueOrDefault(resolved) ?? Model.History.Empty;

    public bool Contains(Reference<Tree> tree) => _trees.ContainsKey(tree) && !_evicted.ContainsKey(tree);

    public Tree? Find(Reference<Tree> tree) => _trees.GetValueOrDefault(tree);

    public IResultFiles Open(Tree tree) => new Files(this, tree);

    public ConcurrentDictionary<(Reference<Tree>, Digest), ImmutableArray<string>> Verdicts { get; } = new();

    public ImmutableArray<string>? Remembered(Reference<Tree> tree, Digest promise) =>
        Verdicts.TryGetValue((tree, promise), out var broken) ? broken : null;

    public void Remember(Reference<Tree> tree, Digest promise, ImmutableArray<string> broken) => Verdicts[(tree, promise)] = broken;

    public bool Keep(Reference<Tree> tree) => Contains(tree);

    public void Keep(Resolved resolved, Reference<Resolved> reference) => _resolved[reference] = resolved;

    public ValueTask<History> HistoryAsync(Reference<Resolved> of, CancellationToken cancellationToken) => new(HistoryOf(of));

    public ValueTask<Derivation?> FindAsync(Reference<Derivation> derivation, CancellationToken cancellationToken) =>
        new(Derivations.GetValueOrDefault(derivation));

    public ValueTask<Resolved?> FindAsync(Reference<Resolved> resolved, CancellationToken cancellationToken) =>
        new(_resolved.GetValueOrDefault(resolved));

    public ValueTask<Realization?> FindRealizationAsync(string prefix, CancellationToken cancellationToken) => new(FindRealization(prefix));

    Realization? FindRealization(string prefix) => (
        from history in _histories.Values
        from run in history.Runs
        where run.Realization.ToString().StartsWith(prefix, StringComparison.Ordinal)
        select new Realization(run.Facts.Resolved, run.Tree)).Distinct().Take(2).ToArray() is [var one] ? one : null;

    sealed class Files(MemoryResults results, Tree tree) : IResultFiles
    {
        public Tree Tree => tree;

        public Stream Open(TreeEntry.File file) =>
            results._evicted.TryGetValue(tree.Reference, out var kept) && !kept.Contains(file.Path.ToString(), StringComparer.Ordinal)
                ? throw new FileNotFoundException("it was collected", file.Path.ToString())
                : new MemoryStream(results._files[file.Content]);
    }
}

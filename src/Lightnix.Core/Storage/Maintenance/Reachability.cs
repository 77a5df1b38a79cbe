using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Promises;

namespace Lightnix.Storage;

/// <summary>What is needed: by roots, lock files, pins and sessions, and by what these need in turn.</summary>
sealed class Reachability
{
    /// <summary>Files that promises read are kept of a collected tree up to this size; of larger ones, the verdict is remembered.</summary>
    public const long SmallEnough = 1 << 20;

    readonly StoreLayout _layout;
    readonly StoreInventory _census;
    readonly HashSet<Digest> _held;
    readonly ILookup<Reference<Resolved>, Selection> _counted;

    /// <param name="roots">Of living projects.</param>
    /// <param name="locked">What their lock files name.</param>
    /// <param name="kept">What sessions rely on.</param>
    public Reachability(StoreLayout layout, StoreInventory census, IReadOnlyCollection<Root> roots, IEnumerable<Digest> locked, IEnumerable<Pin> pins, HashSet<Digest> kept)
    {
        (_layout, _census) = (layout, census);
        _held = [.. kept, .. pins.SelectMany(p => new[] { p.Realization.Digest, p.Resolved.Digest, p.Tree.Digest }), .. locked];
        foreach (var selection in roots.SelectMany(r => r.Stages.Values))
        {
            _held.UnionWith([selection.Derivation.Digest, selection.Resolved.Digest, .. selection.Realizations.Select(r => r.Digest), .. selection.Trees.Select(t => t.Digest)]);
            // What the stage would be run with, if it had to run.
            if (RecordStore.TryRead<Derivation>(layout.Of(selection.Derivation)) is { Builder: Builder.Program program })
                _held.Add(program.Output.Digest);
        }
        foreach (var realization in _held.Select(h => new Reference<Realization>(h)).SelectMany(r => census.Realizations[r]).ToList())
            _held.UnionWith([realization.Resolved.Digest, realization.Tree.Digest]);
        // Nothing was chosen of these, so anything may be.
        foreach (var pending in roots.SelectMany(r => r.Pending.Values))
            _held.UnionWith([pending.Digest, .. census.Known.TryGetValue(pending, out var known) ? known.Realizations.Select(r => r.Tree.Digest) : []]);
        _counted = roots.SelectMany(r => r.Stages.Values).ToLookup(s => s.Resolved);
    }

    public bool Holds(Digest digest) => _held.Contains(digest);

    /// <summary>Resolved derivations that roots count.</summary>
    public IEnumerable<Reference<Resolved>> Counted => _counted.Select(c => c.Key);

    /// <summary>Trees that the policy keeps beside those that were chosen.</summary>
    public IEnumerable<Reference<Tree>> Wanted(GarbagePolicy policy) => Counted.SelectMany(resolved =>
    {
        var runs = _census.Known.TryGetValue(resolved, out var known) ? known.Runs : [];
        var last = runs.OrderByDescending(r => r.Facts.Order).Select(r => r.Tree).Distinct().Where(_census.Has).Take(policy.KeepLast);
        var best = policy.KeepBest == 0 ? [] : _counted[resolved].Where(s => s.Matcher.Metric is not null).SelectMany(s => Best(runs, s.Matcher).Take(policy.KeepBest));
        return last.Concat(best);
    });

    IEnumerable<Reference<Tree>> Best(IEnumerable<Run> runs, Matcher matcher)
    {
        var ranked = from tree in runs.OrderBy(r => r.Facts.Replicate).Select(r => r.Tree).Distinct()
                     where _census.Has(tree)
                     let value = Value(tree, matcher.Metric!)
                     where value is not null
                     select (Tree: tree, Value: value.Value);
        return (matcher.LowestIsBest ? ranked.OrderBy(r => r.Value) : ranked.OrderByDescending(r => r.Value)).Select(r => r.Tree);
    }

    double? Value(Reference<Tree> tree, Metric metric)
    {
        try
        {
            return _census.Listing(tree) is { } listing ? PromiseCheck.Read(metric, new StoredFiles(listing, _layout)).Value : null;
        }
        catch (Exception e) when (e is IOException or StoreException)
        {
            return null;
        }
    }

    /// <summary>Files of the results of counted resolved derivations, by tree, that rank and judge them.</summary>
    public ImmutableArray<TreeEntry.File> Remains(Reference<Tree> tree)
    {
        if (_census.Listing(tree) is not { } listing)
            return [];
        var selections = _census.Of[tree].SelectMany(r => _counted[r]).ToList();
        var metrics = selections.Select(s => s.Matcher.Metric?.File).OfType<RelativePath>().Select(p => Find(listing, p));
        var reads = selections.SelectMany(s => s.Reads).Select(p => Find(listing, p)).Where(f => f?.Size < SmallEnough);
        return [.. metrics.Concat(reads).OfType<TreeEntry.File>().Distinct()];
    }

    static TreeEntry.File? Find(Tree listing, RelativePath path) => listing.Follow(path) is { } real ? listing.Find(real) as TreeEntry.File : null;

    /// <summary>Resolved derivations that are needed: those held, the ones given, and those that any of their runs was made from: their lineage.</summary>
    public HashSet<Reference<Resolved>> Resolved(IEnumerable<Reference<Resolved>> also)
    {
        var needed = new HashSet<Reference<Resolved>>();
        var pending = new Stack<Reference<Resolved>>(_census.Known.Keys.Where(r => Holds(r.Digest)).Concat(also));
        while (pending.TryPop(out var resolved))
        {
            if (!needed.Add(resolved) || !_census.Known.TryGetValue(resolved, out var known))
                continue;
            foreach (var input in known.Facts.SelectMany(f => f.Context.Values).SelectMany(r => r).SelectMany(r => _census.Realizations[r]))
                pending.Push(input.Resolved);
        }
        return needed;
    }

    /// <summary>Derivations that are needed: those held, the ones given, those of runs, and what they were instantiated from.</summary>
    public HashSet<Reference<Derivation>> Derivations(IEnumerable<Reference<Resolved>> resolved, IEnumerable<Reference<Derivation>> also)
    {
        var needed = new HashSet<Reference<Derivation>>();
        var pending = new Stack<Reference<Derivation>>(resolved.Where(_census.Known.ContainsKey).SelectMany(r => _census.Known[r].Facts).Select(f => f.Derivation)
            .Concat(_held.Select(h => new Reference<Derivation>(h)).Where(d => File.Exists(_layout.Of(d)))).Concat(also));
        while (pending.TryPop(out var derivation))
        {
            if (!needed.Add(derivation) || RecordStore.TryRead<Derivation>(_layout.Of(derivation)) is not { } read)
                continue;
            foreach (var input in read.Inputs)
                pending.Push(input.Derivation);
        }
        return needed;
    }
}

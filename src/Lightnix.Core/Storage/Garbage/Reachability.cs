using Lightnix.Promises;

namespace Lightnix.Storage;

/// <summary>What garbage collection must keep: what roots, lock files, pins and sessions name, and what this was made from.</summary>
sealed class Reachability
{
    /// <summary>Of a collected tree, files that promises read stay up to this size; of larger files, the verdict stays.</summary>
    public const long SmallEnough = 1 << 20;

    readonly StoreLayout _layout;
    readonly StoreInventory _inventory;
    readonly HashSet<Digest> _held;
    readonly ILookup<Reference<Resolved>, Selection> _counted;
    readonly ILookup<Reference<Resolved>, Selection> _choices;

    /// <param name="roots">Of living projects.</param>
    /// <param name="locked">What their lock files name.</param>
    /// <param name="kept">What sessions rely on.</param>
    public Reachability(
        StoreLayout layout,
        StoreInventory inventory,
        IReadOnlyCollection<Root> roots,
        IEnumerable<Digest> locked,
        IEnumerable<Pin> pins,
        HashSet<Digest> kept)
    {
        (_layout, _inventory) = (layout, inventory);
        _held = [.. kept, .. pins.SelectMany(p => new[] { p.Realization.Digest, p.Resolved.Digest, p.Tree.Digest }), .. locked];
        foreach (var selection in roots.SelectMany(r => r.Stages.Values))
        {
            _held.Add(selection.Derivation.Digest);
            _held.UnionWith(selection.Results.SelectMany(r => new[] { r.Realization.Digest, r.Resolved.Digest, r.Tree.Digest }));
            // The program that the stage would run, if it had to run.
            if (RecordFile.TryRead<Derivation>(layout.Of(selection.Derivation)) is { Builder: Builder.Program program })
                _held.Add(program.Output.Digest);
        }
        foreach (var realization in _held.Select(h => new Reference<Realization>(h)).SelectMany(r => inventory.Realizations[r]).ToList())
            _held.UnionWith([realization.Resolved.Digest, realization.Tree.Digest]);
        // No result of these was chosen yet, so each one may still be chosen.
        foreach (var pending in roots.SelectMany(r => r.Pending.Values))
        {
            _held.Add(pending.Digest);
            if (inventory.Known.TryGetValue(pending, out var known))
                _held.UnionWith(known.Realizations.Select(r => r.Tree.Digest));
        }
        // A choice stage counts no runs: it chooses among what other stages chose.
        _counted = roots.SelectMany(r => r.Stages.Values).Where(s => !s.Choice.IsAmongStages).ToLookup(s => s.Resolved);
        _choices = ChoicesOf(roots);
    }

    // Choices of the roots that count a resolved derivation: they may rank and judge its results too.
    static ILookup<Reference<Resolved>, Selection> ChoicesOf(IReadOnlyCollection<Root> roots) => (
        from root in roots
        from choice in root.Stages.Values
        where choice.Choice.IsAmongStages
        from stage in root.Stages.Values
        where !stage.Choice.IsAmongStages
        select (stage.Resolved, Choice: choice)).ToLookup(c => c.Resolved, c => c.Choice);

    public bool Holds(Digest digest) => _held.Contains(digest);

    /// <summary>Resolved derivations that roots count.</summary>
    public IEnumerable<Reference<Resolved>> Counted => _counted.Select(c => c.Key);

    /// <summary>Trees that the policy keeps beside those that were chosen.</summary>
    public IEnumerable<Reference<Tree>> Wanted(GarbagePolicy policy) => Counted.SelectMany(resolved =>
    {
        var runs = _inventory.Known.TryGetValue(resolved, out var known) ? known.Runs : [];
        var last = runs.OrderByDescending(r => r.Facts.Order).Select(r => r.Tree).Distinct().Where(_inventory.Has).Take(policy.KeepLast);
        var ranked = policy.KeepBest == 0 ? [] : _counted[resolved].Where(s => s.Matcher.Metric is not null);
        return last.Concat(ranked.SelectMany(s => Best(runs, s.Matcher).Take(policy.KeepBest)));
    });

    IEnumerable<Reference<Tree>> Best(IEnumerable<Run> runs, Matcher matcher)
    {
        var ranked = from tree in runs.OrderBy(r => r.Facts.Replicate).Select(r => r.Tree).Distinct()
                     where _inventory.Has(tree)
                     let value = Metric(tree, matcher.Metric!)
                     where value is not null
                     select (Tree: tree, Value: value.Value);
        return (matcher.LowestIsBest ? ranked.OrderBy(r => r.Value) : ranked.OrderByDescending(r => r.Value)).Select(r => r.Tree);
    }

    /// <summary>A metric of a result; null where it has none that can be read.</summary>
    public double? Metric(Reference<Tree> tree, Metric metric)
    {
        try
        {
            return _inventory.Listing(tree) is { } listing ? PromiseCheck.Read(metric, new StoredFiles(listing, _layout)).Value : null;
        }
        catch (Exception e) when (e is IOException or StoreException)
        {
            return null;
        }
    }

    /// <summary>Files of a result of counted resolved derivations that rank and judge it.</summary>
    public ImmutableArray<TreeEntry.File> Remains(Reference<Tree> tree)
    {
        if (_inventory.Listing(tree) is not { } listing)
            return [];
        var selections = _inventory.Of[tree].SelectMany(r => _counted[r].Concat(_choices[r])).ToList();
        var metrics = selections.Select(s => s.Matcher.Metric?.File).OfType<RelativePath>().Select(p => Find(listing, p));
        var reads = selections.SelectMany(s => s.Reads).Select(p => Find(listing, p)).Where(f => f?.Size < SmallEnough);
        return [.. metrics.Concat(reads).OfType<TreeEntry.File>().Distinct()];
    }

    static TreeEntry.File? Find(Tree listing, RelativePath path) =>
        listing.Follow(path) is { } real ? listing.Find(real) as TreeEntry.File : null;

    /// <summary>Resolved derivations that are needed: those held, those given, and their lineage.</summary>
    public HashSet<Reference<Resolved>> Resolved(IEnumerable<Reference<Resolved>> also)
    {
        var needed = new HashSet<Reference<Resolved>>();
        var pending = new Stack<Reference<Resolved>>(_inventory.Known.Keys.Where(r => Holds(r.Digest)).Concat(also));
        while (pending.TryPop(out var resolved))
        {
            if (!needed.Add(resolved) || !_inventory.Known.TryGetValue(resolved, out var known))
                continue;
            // What was adopted was made by a run of another resolved derivation.
            var inputs = known.Facts.SelectMany(f => f.Context.Values).SelectMany(r => r)
                .Concat(known.Runs.Select(r => r.Adopted?.From).OfType<Reference<Realization>>());
            foreach (var input in inputs.SelectMany(r => _inventory.Realizations[r]))
                pending.Push(input.Resolved);
        }
        return needed;
    }

    /// <summary>
    /// Derivations that are needed, null where one cannot be read: those held, those given, those of runs, and their inputs.
    /// </summary>
    public Dictionary<Reference<Derivation>, Derivation?> Derivations(
        IEnumerable<Reference<Resolved>> resolved, IEnumerable<Reference<Derivation>> also)
    {
        var needed = new Dictionary<Reference<Derivation>, Derivation?>();
        var ofRuns = resolved.Where(_inventory.Known.ContainsKey).SelectMany(r => _inventory.Known[r].Facts).Select(f => f.Derivation);
        var held = _held.Select(h => new Reference<Derivation>(h)).Where(d => File.Exists(_layout.Of(d)));
        var pending = new Stack<Reference<Derivation>>(ofRuns.Concat(held).Concat(also));
        while (pending.TryPop(out var derivation))
        {
            if (needed.ContainsKey(derivation))
                continue;
            needed[derivation] = RecordFile.TryRead<Derivation>(_layout.Of(derivation));
            foreach (var input in needed[derivation]?.Inputs ?? [])
                pending.Push(input.Derivation);
        }
        return needed;
    }
}

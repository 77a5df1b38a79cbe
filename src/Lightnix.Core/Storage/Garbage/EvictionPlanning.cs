namespace Lightnix.Storage;

/// <summary>Plans the eviction of intermediate results: their trees, and contents that nothing else has. Changes nothing.</summary>
/// <param name="trees">Results of intermediate stages whose readers are realized.</param>
/// <param name="stuck">Paths that cannot be removed.</param>
sealed class EvictionPlanning(
    StoreLayout layout, Store store, ImmutableArray<Reference<Tree>> trees, DateTimeOffset now, IReadOnlySet<string> stuck)
{
    public GarbagePlan Plan()
    {
        // In this order: a session that has ended has written its root.
        var kept = WriteSession.AllKept(layout);
        var signature = RootSignature.Of(layout);
        var all = store.Roots.All();
        var pins = store.Pins.Read();
        // What cannot be read may need anything.
        if (all.Any(r => r.Root is null) || pins.Any(p => p.Pin is null))
            return Nothing(kept, signature);
        ImmutableArray<Root> roots = [.. all.Select(r => r.Root!).Where(r => GarbagePlanning.IsAlive(r.Project))];
        if (Locked(roots) is not { } locked)
            return Nothing(kept, signature);
        var held = new HashSet<Digest>([.. kept, .. locked, .. pins.Select(p => p.Pin!.Tree.Digest),
            .. roots.SelectMany(r => r.Stages.Values).Where(s => !s.IsIntermediate).SelectMany(s => s.Choice.Trees).Select(t => t.Digest)]);
        // Read once, and only where a tree would go.
        var pending = new Lazy<(HashSet<Reference<Tree>>, HashSet<Digest>)?>(() => Pending(roots));
        ImmutableArray<Reference<Tree>> free = [.. trees.Distinct().Where(
            t => !held.Contains(t.Digest) && store.Trees.Contains(t) && !stuck.Contains(layout.FolderOf(t))
                && !IsPending(t, pending.Value))];
        if (free.IsEmpty)
            return Nothing(kept, signature);

        // What a removed tree leaves is found as garbage collection finds it.
        var inventory = new StoreInventory(layout);
        var reachable = new Reachability(layout, inventory, roots, locked, [.. pins.Select(p => p.Pin!)], kept);
        var contents = free.SelectMany(t => inventory.Listing(t)?.Entries ?? []).OfType<TreeEntry.File>()
            .Select(f => layout.ContentOf(f.Content, f.Executable)).ToHashSet(StringComparer.Ordinal);
        var sweep = new GarbageSweep(layout, new(), now, stuck, new(layout, inventory, reachable, roots));
        var swept = sweep.RunContents(inventory, reachable, [.. free]).Where(i => contents.Contains(i.Path));
        return new([.. free.Select(t => OfTree(t, reachable)), .. swept], [], 0) { Kept = kept, Roots = signature };
    }

    static GarbagePlan Nothing(HashSet<Digest> kept, string roots) => new([], [], 0) { Kept = kept, Roots = roots };

    Garbage OfTree(Reference<Tree> tree, Reachability reachable)
    {
        var folder = layout.FolderOf(tree);
        return new(GarbageKind.Tree, layout.Relative(folder), 0, null, "intermediate, and all that reads it is realized")
        {
            Path = folder,
            Guards = [tree.Digest],
            Remains = reachable.Remains(tree),
        };
    }

    // Null: one cannot be read.
    static ImmutableArray<Digest>? Locked(ImmutableArray<Root> roots)
    {
        try
        {
            var files = roots.SelectMany(r => LockedDigests.FilesOf(r)).Distinct(StringComparer.Ordinal);
            return [.. files.SelectMany(f => LockedDigests.In(f))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What stages that failed have made and read; of those without a run, the digests of what they read. Null where there are none.
    (HashSet<Reference<Tree>> Used, HashSet<Digest> Read)? Pending(ImmutableArray<Root> roots)
    {
        var pending = roots.SelectMany(r => r.Pending.Values).Distinct().Select(p => (Of: p, History: store.Records.History(p))).ToList();
        if (pending.Count == 0)
            return null;
        var known = new StoreIndex(store).Realizations();
        var read = pending.SelectMany(p => p.History.Facts).SelectMany(f => f.Context.Values).SelectMany(c => c).Distinct()
            .Select(r => known.TryGetValue(r, out var of) ? store.Records.Find(r, of)?.Tree : null).OfType<Reference<Tree>>();
        return ([.. pending.SelectMany(p => p.History.Runs).Select(r => r.Tree), .. read],
            [.. pending.Where(p => !p.History.Facts.Any()).SelectMany(p => store.Records.Find(p.Of)?.Inputs ?? []).Select(i => i.Hash)]);
    }

    // A stage that failed may read it, or may still choose it.
    bool IsPending(Reference<Tree> tree, (HashSet<Reference<Tree>> Used, HashSet<Digest> Read)? pending)
    {
        if (pending is not { } uses)
            return false;
        if (uses.Used.Contains(tree) || uses.Read.Contains(tree.Digest))
            return true;
        var files = uses.Read.Count > 0 ? store.Trees.Find(tree)?.Entries.OfType<TreeEntry.File>() : null;
        return files?.Any(f => uses.Read.Contains(f.Content)) == true;
    }
}

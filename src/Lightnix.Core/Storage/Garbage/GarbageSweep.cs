namespace Lightnix.Storage;

/// <summary>Finds what no needed record names: histories, listings, derivations, logs, contents, verdicts.</summary>
/// <param name="stuck">Paths that cannot be removed: what they name is needed.</param>
sealed class GarbageSweep(
    StoreLayout layout, GarbagePolicy policy, DateTimeOffset now, IReadOnlySet<string> stuck, GarbageNames names)
{
    readonly List<Garbage> _items = [];

    /// <summary>Files that stay without a tree, by their names in <c>files/</c>, with their sizes: sources of runs, and what ranks and
    /// judges results that were collected.</summary>
    public Dictionary<string, long> Staying { get; } = new(StringComparer.Ordinal);

    public List<Garbage> Run(StoreInventory inventory, Reachability reachable, ImmutableHashSet<Reference<Tree>> evicted)
    {
        var needed = NeededWithout(evicted, inventory, reachable);
        Histories(inventory, needed.Resolved);
        Listings(inventory, reachable, needed.Trees);
        Derivations(inventory, needed.Derivations);
        Logs(inventory, reachable, needed.Records);
        Contents(inventory, reachable, evicted, needed);
        var verdicts = Path.Combine(layout.Cache, "verdicts");
        foreach (var prefix in Files.Names(verdicts))
        {
            Unneeded(Path.Combine(verdicts, prefix), GarbageKind.Verdict, "its tree is gone",
                n => Reference<Tree>.TryParse(n.Split('-')[0], out var tree) && !needed.Trees.Contains(tree) ? tree.Digest : null,
                d => [d]);
        }
        return _items;
    }

    /// <summary>Only contents.</summary>
    public List<Garbage> RunContents(StoreInventory inventory, Reachability reachable, ImmutableHashSet<Reference<Tree>> evicted)
    {
        Contents(inventory, reachable, evicted, NeededWithout(evicted, inventory, reachable));
        return _items;
    }

    Needed NeededWithout(ImmutableHashSet<Reference<Tree>> evicted, StoreInventory inventory, Reachability reachable)
    {
        // What the policy spares, it spares with its history.
        var spared = inventory.Known.Where(k => inventory.LastUse(k.Key) > policy.Limit(now) || stuck.Contains(layout.FolderOf(k.Key))
            || k.Value.Realizations.Any(r => inventory.Has(r.Tree) && !evicted.Contains(r.Tree) && !reachable.Holds(r.Tree.Digest)));
        var resolved = reachable.Resolved(spared.Select(k => k.Key));
        ImmutableArray<ResolvedRecords> records = [.. resolved.Where(inventory.Known.ContainsKey).Select(r => inventory.Known[r])];
        var trees = records.SelectMany(k => k.Realizations).Select(r => r.Tree)
            .Concat(inventory.Present.Where(t => !evicted.Contains(t))).ToHashSet();
        var stuckOnes = stuck.Where(s => Path.GetDirectoryName(s) == layout.Derivations)
            .Select(s => new Reference<Derivation>(Digest.Parse(Path.GetFileNameWithoutExtension(s))));
        var young = Files.Names(layout.Derivations).Select(n => StoreLayout.DigestIn(n, "", StoreLayout.RecordSuffix)).OfType<Digest>()
            .Select(d => new Reference<Derivation>(d)).Where(d => StoreInventory.At(layout.Of(d)) > policy.Limit(now));
        return new(resolved, records, trees, reachable.Derivations(resolved, stuckOnes.Concat(young)));
    }

    /// <param name="Derivations">Null: one that cannot be read.</param>
    sealed record Needed(
        HashSet<Reference<Resolved>> Resolved, ImmutableArray<ResolvedRecords> Records, HashSet<Reference<Tree>> Trees,
        Dictionary<Reference<Derivation>, Derivation?> Derivations);

    void Histories(StoreInventory inventory, HashSet<Reference<Resolved>> resolved)
    {
        foreach (var (reference, known) in inventory.Known.Where(k => !resolved.Contains(k.Key)))
        {
            var why = FormattableString.Invariant($"no root counts its {known.Runs.Length} runs and {known.Failures.Length} failures");
            var folder = layout.FolderOf(reference);
            Add(GarbageKind.Records, folder, LeftoverPlanning.SizeOf(folder), why, [reference.Digest], names.Of(reference));
        }
    }

    void Listings(StoreInventory inventory, Reachability reachable, HashSet<Reference<Tree>> trees) =>
        Unneeded(layout.Listings, GarbageKind.Listing, "nothing names it",
            n => Reference<Tree>.TryParse(n, out var tree) && !trees.Contains(tree) && !reachable.Holds(tree.Digest) ? tree.Digest : null,
            d => [d, .. inventory.Of[new(d)].Select(r => r.Digest)]);

    void Derivations(StoreInventory inventory, Dictionary<Reference<Derivation>, Derivation?> needed)
    {
        var ofRuns = inventory.Known.SelectMany(k => k.Value.Facts.Select(f => (k.Key, f.Derivation)))
            .ToLookup(f => f.Derivation.Digest, f => f.Key.Digest);
        Unneeded(layout.Derivations, GarbageKind.Derivation, "nothing names it",
            n => StoreLayout.DigestIn(n, "", StoreLayout.RecordSuffix) is { } d && !needed.ContainsKey(new(d)) ? d : null,
            d => [d, .. ofRuns[d]]);
    }

    void Logs(StoreInventory inventory, Reachability reachable, ImmutableArray<ResolvedRecords> needed)
    {
        var logs = needed.SelectMany(k => k.Facts).Select(f => f.Log?.Digest).OfType<Digest>().ToHashSet();
        var ofLogs = inventory.Known.SelectMany(k => k.Value.Facts.Select(f => (k.Key, f.Log))).Where(f => f.Log is not null)
            .ToLookup(f => f.Log!.Digest, f => f.Key.Digest);
        foreach (var prefix in Files.Names(layout.Logs))
        {
            Unneeded(Path.Combine(layout.Logs, prefix), GarbageKind.Log, "no run names it",
                n => Digest.TryParse(n, out var d) && !logs.Contains(d) && !reachable.Holds(d) ? d : null,
                d => [d, .. ofLogs[d]]);
        }
    }

    void Contents(StoreInventory inventory, Reachability reachable, ImmutableHashSet<Reference<Tree>> evicted, Needed needed)
    {
        var remains = needed.Trees.SelectMany(t => reachable.Remains(t)).ToList();
        var stay = inventory.Present.Where(t => !evicted.Contains(t))
            .SelectMany(t => inventory.Listing(t)?.Entries ?? []).OfType<TreeEntry.File>()
            .Concat(remains);
        var having = stay.Select(f => StoreLayout.NameOf(f.Content, f.Executable)).ToHashSet(StringComparer.Ordinal);
        // Of a run, its derivation names the sources. What is in files/ as one of them stays, executable or not.
        var sources = needed.Derivations.Values.OfType<Derivation>().SelectMany(d => d.Sources).Select(s => s.Content).ToHashSet();
        foreach (var (source, executable) in sources.SelectMany(s => new[] { (s, false), (s, true) }))
        {
            if (Files.Facts(layout.ContentOf(source, executable)) is { } facts)
                Staying[StoreLayout.NameOf(source, executable)] = facts.Size;
        }
        foreach (var file in remains.Where(f => File.Exists(layout.ContentOf(f.Content, f.Executable))))
            Staying[StoreLayout.NameOf(file.Content, file.Executable)] = file.Size;
        foreach (var prefix in Files.Names(layout.Contents))
        {
            Unneeded(Path.Combine(layout.Contents, prefix), GarbageKind.Content, "no tree and no run has it",
                n => Digest.TryParse(n.EndsWith(".x", StringComparison.Ordinal) ? n[..^2] : n, out var d) && !having.Contains(n)
                    && !sources.Contains(d) && !reachable.Holds(d) ? d : null,
                d => [d]);
        }
    }

    void Unneeded(string folder, GarbageKind kind, string why, Func<string, Digest?> unneeded, Func<Digest, ImmutableArray<Digest>> guards)
    {
        foreach (var name in Files.Names(folder).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, name);
            if (!stuck.Contains(path) && unneeded(name) is { } digest)
                Add(kind, path, Files.Facts(path)?.Size ?? 0, why, guards(digest));
        }
    }

    void Add(GarbageKind kind, string path, long size, string why, ImmutableArray<Digest> guards, GarbageName? name = null) =>
        _items.Add(new(kind, layout.Relative(path), size, null, why) { Path = path, Guards = guards, Name = name });
}

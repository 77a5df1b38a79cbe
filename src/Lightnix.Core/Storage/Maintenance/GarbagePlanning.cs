using System.Collections.Immutable;
using System.Globalization;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>Decides what is garbage. Changes nothing.</summary>
/// <param name="stuck">Paths that cannot be taken away: what they name is needed.</param>
sealed class GarbagePlanning(StoreLayout layout, Store store, GarbagePolicy policy, DateTimeOffset now, IReadOnlySet<string> stuck)
{
    readonly List<Garbage> _items = [];

    public GarbagePlan Plan()
    {
        // In this order: a session that has ended has written its root.
        var kept = WriteSession.AllKept(layout);
        var signature = RootSignature.Of(layout);
        var roots = store.Roots.All();
        CheckForgotten(roots);
        var living = roots.Where(r => stuck.Contains(r.File) || (!IsForgotten(r) && (r.Root is null || IsAlive(r.Root.Project)))).ToImmutableArray();
        ImmutableArray<string> blocked = [.. LostFolders.Why(layout, policy), .. Blocked(living)];
        var (locked, unreadable) = Locked(living.Select(r => r.Root).OfType<Root>());
        blocked = blocked.AddRange(unreadable);
        var census = new StoreInventory(layout);
        var marks = new Reachability(layout, census, [.. living.Select(r => r.Root).OfType<Root>()], locked, store.Pins.All(), kept);
        blocked = blocked.AddRange(from r in marks.Counted where census.Known.TryGetValue(r, out var known) && known.Damaged select $"a record of '{Relative(layout.FolderOf(r))}', which a root counts, cannot be read: {layout.Tool.Repair}");
        var sizes = new ContentSizes(census);
        if (!blocked.IsEmpty)
            return new([], blocked, 0, sizes.Total) { Kept = kept, Roots = signature };
        foreach (var (file, root) in roots.Except(living))
            Add(new(GarbageKind.Root, Relative(file), 0, null, root is null ? "it is to be forgotten" : IsForgotten((file, root)) ? $"'{root.Project}' is to be forgotten" : $"'{root.Project}' is gone"), file);
        var before = sizes.Total;
        var evicted = Evicted(census, marks, sizes);
        Sweep(census, marks, evicted);
        var leftovers = new LeftoverPlanning(layout, policy, now, isForgotten: living.IsEmpty && store.Pins.Read().IsEmpty).Plan().Where(l => !stuck.Contains(l.Path)).ToList();
        _items.AddRange(leftovers);
        return new([.. _items.OrderBy(i => i.Kind)], [], before - sizes.Total + _items.Where(i => i.Kind == GarbageKind.Content && !sizes.Knew(i.Place)).Sum(i => i.Size) + leftovers.Sum(l => l.Size), sizes.Total) { Kept = kept, Roots = signature };
    }

    HashSet<Reference<Tree>> Evicted(StoreInventory census, Reachability marks, ContentSizes sizes)
    {
        var wanted = marks.Wanted(policy).ToHashSet();
        foreach (var tree in census.Present)
            sizes.Remain(marks.Remains(tree));
        var evicted = new HashSet<Reference<Tree>>();
        foreach (var (tree, use) in census.Present.Where(t => !marks.Holds(t.Digest) && !wanted.Contains(t) && !stuck.Contains(layout.FolderOf(t))).Select(t => (t, Use: census.LastUse(t))).OrderBy(t => t.Use).ThenBy(t => t.t))
        {
            if (policy.OlderThan is { } age && use > now - age)
                continue;
            if (policy.MaxSize is { } most && sizes.Total <= most)
                break;
            evicted.Add(tree);
            sizes.Without(tree);
            var counted = census.Of[tree].Any(marks.Counted.Contains);
            Add(new(GarbageKind.Tree, Relative(layout.FolderOf(tree)), census.Listing(tree)?.Size ?? 0, use, counted ? "counted, and not chosen: what is known of it stays" : "no root counts it"),
                layout.FolderOf(tree), [tree.Digest, .. census.Of[tree].Select(r => r.Digest)], marks.Remains(tree));
        }
        return evicted;
    }

    void Sweep(StoreInventory census, Reachability marks, HashSet<Reference<Tree>> evicted)
    {
        // What the policy spares, it spares with its history.
        var spared = census.Known.Where(k => IsYoung(k.Value) || stuck.Contains(layout.FolderOf(k.Key)) || k.Value.Realizations.Any(r => census.Has(r.Tree) && !evicted.Contains(r.Tree) && !marks.Holds(r.Tree.Digest))).Select(k => k.Key);
        var resolved = marks.Resolved(spared);
        foreach (var (reference, known) in census.Known.Where(k => !resolved.Contains(k.Key)))
            Add(new(GarbageKind.Records, Relative(layout.FolderOf(reference)), 0, null, Invariant($"no root counts its {known.Runs.Length} runs and {known.Failures.Length} failures")), layout.FolderOf(reference), [reference.Digest]);

        var trees = resolved.Where(census.Known.ContainsKey).SelectMany(r => census.Known[r].Realizations).Select(r => r.Tree).Concat(census.Present.Where(t => !evicted.Contains(t))).ToHashSet();
        Unneeded(layout.Listings, GarbageKind.Listing, "nothing names it", n => Reference<Tree>.TryParse(n, out var tree) && !trees.Contains(tree) && !marks.Holds(tree.Digest) ? tree.Digest : null, d => [d, .. census.Of[new(d)].Select(r => r.Digest)]);

        var derivations = marks.Derivations(resolved, stuck.Where(s => Path.GetDirectoryName(s) == layout.Derivations).Select(s => new Reference<Derivation>(Digest.Parse(Path.GetFileNameWithoutExtension(s)))));
        var ofRuns = census.Known.SelectMany(k => k.Value.Facts.Select(f => (k.Key, f))).ToLookup(f => f.f.Derivation.Digest, f => f.Key.Digest);
        Unneeded(layout.Derivations, GarbageKind.Derivation, "nothing names it", n => Verification.DigestIn(n, "", StoreLayout.RecordSuffix) is { } d && !derivations.Contains(new(d)) ? d : null, d => [d, .. ofRuns[d]]);

        var logs = resolved.Where(census.Known.ContainsKey).SelectMany(r => census.Known[r].Facts).Select(f => f.Log?.Digest).OfType<Digest>().ToHashSet();
        var ofLogs = census.Known.SelectMany(k => k.Value.Facts.Select(f => (k.Key, f))).Where(f => f.f.Log is not null).ToLookup(f => f.f.Log!.Digest, f => f.Key.Digest);
        foreach (var prefix in Files.Names(layout.Logs))
            Unneeded(Path.Combine(layout.Logs, prefix), GarbageKind.Log, "no run names it", n => Digest.TryParse(n, out var d) && !logs.Contains(d) && !marks.Holds(d) ? d : null, d => [d, .. ofLogs[d]]);

        SweepContents(census, marks, evicted, trees);
        foreach (var prefix in Files.Names(Path.Combine(layout.Cache, "verdicts")))
            Unneeded(Path.Combine(layout.Cache, "verdicts", prefix), GarbageKind.Verdict, "its tree is gone", n => n.Length > 64 && Reference<Tree>.TryParse(n[..64], out var tree) && !trees.Contains(tree) ? tree.Digest : null, d => [d]);
    }

    void SweepContents(StoreInventory census, Reachability marks, HashSet<Reference<Tree>> evicted, HashSet<Reference<Tree>> named)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in census.Present.Where(t => !evicted.Contains(t)).SelectMany(t => census.Listing(t)?.Entries ?? []).OfType<TreeEntry.File>().Concat(named.SelectMany(t => marks.Remains(t))))
            needed.Add(Path.GetFileName(layout.ContentOf(file.Content, file.Executable)));
        foreach (var prefix in Files.Names(layout.Contents))
            Unneeded(Path.Combine(layout.Contents, prefix), GarbageKind.Content, "no tree has it", n => Digest.TryParse(n.EndsWith(".x", StringComparison.Ordinal) ? n[..^2] : n, out var d) && !needed.Contains(n) ? d : null, d => [d]);
    }

    bool IsYoung(ResolvedRecords known) => policy.OlderThan is { } age && known.Facts.Any(f => f.End > now - age);

    void Unneeded(string folder, GarbageKind kind, string why, Func<string, Digest?> unneeded, Func<Digest, ImmutableArray<Digest>> guards)
    {
        foreach (var name in Files.Names(folder).Order(StringComparer.Ordinal))
        {
            if (!stuck.Contains(Path.Combine(folder, name)) && unneeded(name) is { } digest)
                Add(new(kind, Relative(Path.Combine(folder, name)), Files.Facts(Path.Combine(folder, name))?.Size ?? 0, null, why), Path.Combine(folder, name), guards(digest));
        }
    }

    void Add(Garbage garbage, string path, ImmutableArray<Digest> guards = default, ImmutableArray<TreeEntry.File> remains = default) =>
        _items.Add(garbage with { Path = path, Guards = guards.IsDefault ? [] : guards, Remains = remains.IsDefault ? [] : remains });

    // What cannot be read may need anything.
    IEnumerable<string> Blocked(IEnumerable<(string File, Root? Root)> living) =>
        living.Where(r => r.Root is null).Select(r => $"the root '{Relative(r.File)}' cannot be read, so nobody knows what it needs: build its project again, or {layout.Tool.Of($"gc --forget {Short(r.File)}")}")
            .Concat(store.Pins.Read().Where(p => p.Pin is null).Select(p => $"the pin '{Relative(p.File)}' cannot be read, so nobody knows what it keeps: delete it, and pin again what should stay"));

    // What a lock file says may be of any version, or half merged: every digest in it counts.
    static (ImmutableArray<Digest> Locked, ImmutableArray<string> Unreadable) Locked(IEnumerable<Root> living)
    {
        var (locked, unreadable) = (ImmutableArray.CreateBuilder<Digest>(), ImmutableArray.CreateBuilder<string>());
        foreach (var file in living.SelectMany(r => LockedDigests.FilesOf(r)).Distinct(StringComparer.Ordinal))
        {
            try
            {
                locked.AddRange(LockedDigests.In(file));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unreadable.Add($"the lock file '{file}' cannot be read, so nobody knows what it pins ({e.Message}): mend it, or delete it");
            }
        }
        return (locked.ToImmutable(), unreadable.ToImmutable());
    }

    void CheckForgotten(ImmutableArray<(string File, Root? Root)> roots)
    {
        foreach (var name in policy.Forget.Where(n => !roots.Any(r => Names(r, n)) && !LostFolders.IsUnknown(layout, n)))
            throw StorageErrors.UnknownRoot(name, roots.Select(r => r.Root?.Project ?? Short(r.File)));
    }

    /// <summary>As <c>--forget</c> takes it.</summary>
    public static string Short(string file) => Path.GetFileName(file) is { Length: > 12 } name ? name[..12] : Path.GetFileName(file);

    bool IsForgotten((string File, Root? Root) root) => policy.Forget.Any(n => Names(root, n));

    static bool Names((string File, Root? Root) root, string name) =>
        root.Root?.Project == name || (name.Length >= 4 && Path.GetFileName(root.File).StartsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A project whose folder cannot be looked at counts as alive.</summary>
    public static bool IsAlive(string project)
    {
        try
        {
            return Files.Facts(project, follow: true) is not null;
        }
        catch (IOException)
        {
            return true;
        }
    }

    string Relative(string path) => Verification.RelativeTo(layout, path);

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

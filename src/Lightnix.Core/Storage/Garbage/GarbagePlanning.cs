namespace Lightnix.Storage;

/// <summary>Decides what is garbage. Changes nothing.</summary>
/// <param name="stuck">Paths that cannot be removed: what they name is needed.</param>
sealed class GarbagePlanning(StoreLayout layout, Store store, GarbagePolicy policy, DateTimeOffset now, IReadOnlySet<string> stuck)
{
    public GarbagePlan Plan()
    {
        // In this order: a session that has ended has written its root.
        var kept = WriteSession.AllKept(layout);
        var signature = RootSignature.Of(layout);
        var roots = store.Roots.All();
        CheckForgotten(roots);
        var living = roots.Where(r => stuck.Contains(r.File) || IsLiving(r)).ToImmutableArray();
        var (locked, unreadable) = Locked(living.Select(r => r.Root).OfType<Root>());
        var inventory = new StoreInventory(layout);
        var reachable = new Reachability(layout, inventory, [.. living.Select(r => r.Root).OfType<Root>()], locked, store.Pins.All(), kept);
        ImmutableArray<string> blocked =
            [.. LostFolders.Why(layout, policy), .. Blocked(living), .. unreadable, .. DamagedHistories(inventory, reachable)];
        var sizes = new ContentSizes(inventory);
        if (!blocked.IsEmpty)
            return new([], blocked, 0, sizes.Total) { Kept = kept, Roots = signature };
        var before = sizes.Total;
        var items = roots.Except(living).Select(OfRoot).ToList();
        var evicted = Evicted(inventory, reachable, sizes);
        items.AddRange(evicted.Values);
        items.AddRange(new GarbageSweep(layout, policy, now, stuck).Run(inventory, reachable, [.. evicted.Keys]));
        var leftovers = new LeftoverPlanning(layout, policy, now, isForgotten: living.IsEmpty && store.Pins.Read().IsEmpty)
            .Plan().Where(l => !stuck.Contains(l.Path)).ToList();
        var freed = before - sizes.Total + leftovers.Sum(l => l.Size)
            + items.Where(i => i.Kind == GarbageKind.Content && !sizes.Knew(i.Place)).Sum(i => i.Size);
        return new([.. items.Concat(leftovers).OrderBy(i => i.Kind)], [], freed, sizes.Total) { Kept = kept, Roots = signature };
    }

    bool IsLiving((string File, Root? Root) root) => !IsForgotten(root) && (root.Root is null || IsAlive(root.Root.Project));

    Garbage OfRoot((string File, Root? Root) root)
    {
        var why = root.Root is null ? "it is to be forgotten"
            : IsForgotten(root) ? $"'{root.Root.Project}' is to be forgotten"
            : $"'{root.Root.Project}' is gone";
        return new(GarbageKind.Root, layout.Relative(root.File), 0, null, why) { Path = root.File };
    }

    Dictionary<Reference<Tree>, Garbage> Evicted(StoreInventory inventory, Reachability reachable, ContentSizes sizes)
    {
        var wanted = reachable.Wanted(policy).ToHashSet();
        foreach (var tree in inventory.Present)
            sizes.Remain(reachable.Remains(tree));
        var candidates = inventory.Present
            .Where(t => !reachable.Holds(t.Digest) && !wanted.Contains(t) && !stuck.Contains(layout.FolderOf(t)))
            .Select(t => (Tree: t, Use: inventory.LastUse(t)));
        var evicted = new Dictionary<Reference<Tree>, Garbage>();
        foreach (var (tree, use) in candidates.OrderBy(t => t.Use).ThenBy(t => t.Tree))
        {
            if (policy.OlderThan is { } age && use > now - age)
                continue;
            if (policy.MaxSize is { } most && sizes.Total <= most)
                break;
            sizes.Without(tree);
            evicted.Add(tree, OfTree(tree, use, inventory, reachable));
        }
        return evicted;
    }

    Garbage OfTree(Reference<Tree> tree, DateTimeOffset use, StoreInventory inventory, Reachability reachable)
    {
        var isCounted = inventory.Of[tree].Any(reachable.Counted.Contains);
        var why = isCounted ? "counted, and not chosen: what is known of it stays" : "no root counts it";
        var folder = layout.FolderOf(tree);
        return new(GarbageKind.Tree, layout.Relative(folder), inventory.Listing(tree)?.Size ?? 0, use, why)
        {
            Path = folder,
            Guards = [tree.Digest, .. inventory.Of[tree].Select(r => r.Digest)],
            Remains = reachable.Remains(tree),
        };
    }

    // What cannot be read may need anything.
    IEnumerable<string> Blocked(IEnumerable<(string File, Root? Root)> living) =>
        living.Where(r => r.Root is null).Select(r => $"the root '{Relative(r.File)}' cannot be read, so it is not known what it needs: "
                + $"build its project again, or {layout.Tool.Of($"gc --forget {Short(r.File)}")}")
            .Concat(store.Pins.Read().Where(p => p.Pin is null).Select(p => $"the pin '{Relative(p.File)}' cannot be read, "
                + "so it is not known what it keeps: delete it, and pin again what should stay"));

    IEnumerable<string> DamagedHistories(StoreInventory inventory, Reachability reachable) =>
        reachable.Counted.Where(r => inventory.Known.TryGetValue(r, out var known) && known.Damaged)
            .Select(r => $"a record of '{Relative(layout.FolderOf(r))}', which a root counts, cannot be read: {layout.Tool.Repair}");

    // A lock file may be of any version, or half merged: every digest in it counts.
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
                unreadable.Add($"the lock file '{file}' cannot be read, so it is not known what it pins ({e.Message}): "
                    + "make it readable, or delete it");
            }
        }
        return (locked.ToImmutable(), unreadable.ToImmutable());
    }

    void CheckForgotten(ImmutableArray<(string File, Root? Root)> roots)
    {
        foreach (var name in policy.Forget.Where(n => !roots.Any(r => Names(r, n)) && !LostFolders.IsUnknown(layout, n)))
            throw StorageErrors.UnknownRoot(name, roots.Select(r => r.Root?.Project ?? Short(r.File)));
    }

    /// <summary>The name of a root's file, as short as <c>--forget</c> takes it.</summary>
    public static string Short(string file) => Path.GetFileName(file) is { Length: > 12 } name ? name[..12] : Path.GetFileName(file);

    bool IsForgotten((string File, Root? Root) root) => policy.Forget.Any(n => Names(root, n));

    static bool Names((string File, Root? Root) root, string name) =>
        root.Root?.Project == name
            || (name.Length >= 4 && Path.GetFileName(root.File).StartsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>False for a project that is gone. One that cannot be looked at counts as alive.</summary>
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

    string Relative(string path) => layout.Relative(path);
}

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
        if (!blocked.IsEmpty)
            return new([], blocked, new ContentSizes(inventory).Total) { Kept = kept, Roots = signature };
        var evicted = Evicted(inventory, reachable);
        var names = new GarbageNames(layout, inventory, reachable, roots.Select(r => r.Root).OfType<Root>());
        var sweep = new GarbageSweep(layout, policy, now, stuck, names);
        var swept = sweep.Run(inventory, reachable, [.. evicted.Select(e => e.Tree)]);
        var leftovers = new LeftoverPlanning(layout, policy, now, isForgotten: living.IsEmpty && store.Pins.Read().IsEmpty)
            .Plan().Concat(Builds([.. living.Select(r => r.File)])).Where(l => !stuck.Contains(l.Path));
        ContentSizes Sizes()
        {
            var all = new ContentSizes(inventory);
            foreach (var tree in inventory.Present)
                all.Stay(reachable.Remains(tree));
            foreach (var (name, size) in sweep.Staying)
                all.Stay(name, size);
            return all;
        }
        var sizes = Sizes();
        ImmutableArray<Garbage> trees =
            [.. evicted.Select(e => OfTree(e, inventory, reachable, names) with { Size = sizes.Without(e.Tree) })];
        var items = roots.Except(living).Select(OfRoot).Concat(trees)
            .Concat(swept.Select(i => i.Kind == GarbageKind.Content && sizes.Knew(Path.GetFileName(i.Path)) ? i with { Size = 0 } : i))
            .Concat(leftovers);
        return new([.. items.OrderBy(i => i.Kind)], [], sizes.Total) { Kept = kept, Roots = signature, Sizes = Sizes };
    }

    bool IsLiving((string File, Root? Root) root) => !IsForgotten(root) && (root.Root is null || IsAlive(root.Root.Project));

    Garbage OfRoot((string File, Root? Root) root)
    {
        var why = root.Root is null ? "it is to be forgotten"
            : IsForgotten(root) ? $"'{root.Root.Project}' is to be forgotten"
            : $"'{root.Root.Project}' is gone";
        return new(GarbageKind.Root, layout.Relative(root.File), Files.Facts(root.File)?.Size ?? 0, null, why) { Path = root.File };
    }

    IEnumerable<Garbage> Builds(HashSet<string> living) =>
        from name in Files.Names(layout.Builds).Order(StringComparer.Ordinal)
        let folder = Path.Combine(layout.Builds, name)
        where Digest.TryParse(name, out _) && !living.Contains(layout.RootOfBuilds(folder))
        select new Garbage(
            GarbageKind.Builds, layout.Relative(folder), LeftoverPlanning.SizeOf(folder), null, "builds of a project whose root is gone")
        {
            Path = folder,
        };

    // Trees to be evicted, those first that were used longest ago.
    List<AgedTree> Evicted(StoreInventory inventory, Reachability reachable)
    {
        var sizes = new ContentSizes(inventory);
        var wanted = reachable.Wanted(policy).ToHashSet();
        foreach (var tree in inventory.Present)
            sizes.Stay(reachable.Remains(tree));
        var counted = reachable.Counted.ToHashSet();
        var evicted = new List<AgedTree>();
        foreach (var tree in inventory.Present.Where(t => !reachable.Holds(t.Digest) && !wanted.Contains(t)
            && !stuck.Contains(layout.FolderOf(t)) && !IsYoung(t)).Select(t => new AgedTree(t, inventory.LastUse(t)))
            .OrderBy(t => t.Use).ThenBy(t => t.Tree))
        {
            if (policy.MaxSize is { } most && sizes.Total <= most)
                break;
            sizes.Without(tree.Tree);
            evicted.Add(tree);
        }
        return evicted;

        // Where no root counts them, it is not known which files rank the results of a stage: all of them stay as long as it is in use.
        bool IsYoung(Reference<Tree> tree) => inventory.LastUse(tree) > policy.Limit(now)
            || inventory.Of[tree].Any(r => !counted.Contains(r) && inventory.LastUse(r) > policy.Limit(now));
    }

    sealed record AgedTree(Reference<Tree> Tree, DateTimeOffset Use);

    Garbage OfTree(AgedTree aged, StoreInventory inventory, Reachability reachable, GarbageNames names)
    {
        var (tree, use) = aged;
        var isCounted = inventory.Of[tree].Any(reachable.Counted.Contains);
        var why = isCounted ? "counted, and not chosen: what is known of it stays" : "no root counts it";
        var folder = layout.FolderOf(tree);
        return new(GarbageKind.Tree, layout.Relative(folder), 0, use, why)
        {
            Name = names.Of(tree),
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

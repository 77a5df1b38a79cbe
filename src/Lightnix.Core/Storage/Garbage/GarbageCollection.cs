namespace Lightnix.Storage;

/// <summary>Collects what was planned, beside running builds. The gate is held for moments, while names are removed: then no session can
/// note that it relies on one of them, and what sessions noted before stays. Bytes are deleted afterwards. A new plan is made when a root
/// changed meanwhile, and when something could not be removed: then all that it names stays too.</summary>
/// <param name="plan">Gets the paths of what could not be removed.</param>
sealed class GarbageCollection(StoreLayout layout, Disk disk, WriteSession session, Func<IReadOnlySet<string>, GarbagePlan> plan)
{
    // Renames or deletions while the gate is held.
    const int AtOnce = 64;

    readonly List<Garbage> _done = [];
    readonly Dictionary<string, (Garbage Item, string Why)> _stuck = new(StringComparer.Ordinal);

    public GarbagePlan Run()
    {
        GarbagePlan? first = null;
        while (true)
        {
            var current = plan(_stuck.Keys.ToHashSet(StringComparer.Ordinal));
            first ??= current;
            if (current.Blocked.IsEmpty && !TryDo(current))
                continue;
            var (items, stays) = Sized(first);
            return current with
            {
                Items = items,
                Stuck = [.. _stuck.Values.Select(s => new Stuck(s.Item.Place, s.Why)).OrderBy(s => s.Place, StringComparer.Ordinal)],
                Stays = stays,
            };
        }
    }

    // What was not removed, or not deleted, still takes room.
    (ImmutableArray<Garbage> Items, long Stays) Sized(GarbagePlan first)
    {
        if (first.Sizes is not { } before)
            return ([], first.Stays);
        var sizes = before();
        var done = _done.Select(d => d.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var content in first.Items.Where(i => i.Kind == GarbageKind.Content && !done.Contains(i.Path)))
            sizes.Stay(Path.GetFileName(content.Path), content.Size);
        ImmutableArray<Garbage> items =
        [
            .. _done.OrderBy(d => d.Kind).Select(d => d.Kind switch
            {
                GarbageKind.Tree => d with { Size = sizes.Without(new(d.Guards[0])) },
                GarbageKind.Content => d with { Size = sizes.Without(Path.GetFileName(d.Path), d.Size) },
                _ => d,
            }),
        ];
        return (items, sizes.Total);
    }

    // False: a root changed, or something could not be removed on which more depends.
    bool TryDo(GarbagePlan current)
    {
        var roots = current.Roots;
        var stuck = _stuck.Count;
        foreach (var chunk in current.Items.GroupBy(i => i.Kind).OrderBy(g => g.Key).SelectMany(g => g.Chunk(AtOnce)))
        {
            var ready = chunk.Where(TryKeepRemains).ToList();
            var trash = new List<(Garbage Item, string Path)>();
            var overtaken = false;
            using (session.EnterGate())
            {
                // In this order: a session that has ended has written its root.
                var kept = WriteSession.AllKept(layout);
                if (RootSignature.Of(layout) != roots)
                    return false;
                foreach (var item in ready)
                {
                    if (IsNeeded(item, kept, current.Kept))
                        overtaken |= !kept.IsSubsetOf(current.Kept);
                    else if (TryTake(item, trash))
                        _done.Add(item);
                }
                roots = RootSignature.Of(layout);
            }
            // A power cut must not bring back a name whose bytes are deleted.
            disk.Sync([], [.. chunk.Select(i => Path.GetDirectoryName(i.Path)!).Distinct(StringComparer.Ordinal)]);
            foreach (var (item, path) in trash)
                Delete(item, path);
            // Contents, and what nothing else depends on, come last, and are looked at one by one.
            if (_stuck.Count > stuck || (overtaken && chunk[0].Kind < GarbageKind.Content))
                return false;
        }
        return true;
    }

    bool IsNeeded(Garbage item, HashSet<Digest> kept, HashSet<Digest> knownKept) => item.Kind switch
    {
        GarbageKind.Root or GarbageKind.Workspace or GarbageKind.Checkpoint or GarbageKind.Leftover or GarbageKind.Lost => false,
        // A build that has written its root since goes on with them.
        GarbageKind.Builds => File.Exists(layout.RootOfBuilds(item.Path)),
        // No session notes that it uses these.
        GarbageKind.Cache when item.Guards.IsEmpty => session.IsAnotherAlive(),
        // A name does not show which session relies on the file: the next collection decides.
        GarbageKind.Content => !kept.IsSubsetOf(knownKept) || Files.Facts(item.Path) is not { Links: 1 },
        GarbageKind.Listing => item.Guards.Any(kept.Contains) || Directory.Exists(layout.FolderOf(new Reference<Tree>(item.Guards[0]))),
        _ => item.Guards.Any(kept.Contains),
    };

    // Bytes that rank and judge a tree are in files/ before the tree goes.
    bool TryKeepRemains(Garbage item)
    {
        try
        {
            return item.Remains.All(f => TryKeep(f, item)) || Stays(item, "a file of it that a promise or a metric reads is damaged");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Stays(item, e.Message);
        }
    }

    bool TryKeep(TreeEntry.File file, Garbage item)
    {
        var path = layout.ContentOf(file.Content, file.Executable);
        if (StoredContent.LooksSound(Files.Facts(path), file.Content, file.Size, file.Executable))
            return true;
        var source = file.Path.Under(item.Path);
        if (!IntactCopies.Is(source, file.Content))
            return false;
        var temporary = session.NewFile();
        new TreeRebuilding(disk, layout, temporary).Place(source, file.Content, file.Executable, temporary);
        disk.Sync([temporary], []);
        disk.MakeFolderFor(path);
        disk.Replace(temporary, path);
        disk.Sync([], [Path.GetDirectoryName(path)!]);
        return true;
    }

    // True where it is deleted. What was renamed into the trash is deleted later, if at all.
    bool TryTake(Garbage item, List<(Garbage Item, string Path)> trash)
    {
        try
        {
            switch (item.Kind)
            {
                case GarbageKind.Leftover:
                    trash.Add((item, item.Path));
                    return false;
                case GarbageKind.Checkpoint:
                    return TakeCheckpoint(item, trash);
                case GarbageKind.Records or GarbageKind.Cache or GarbageKind.Workspace or GarbageKind.Builds or GarbageKind.Lost:
                    return Rename(item, session.NewFile(), trash);
                case GarbageKind.Tree:
                    // Changes nothing, and fails for another user's folder, which could be renamed but not deleted.
                    if (Files.Facts(item.Path)?.Kind == FileKind.Folder)
                        disk.SetMode(item.Path, Disk.ReadOnlyExecutable);
                    return Rename(item, session.NewTree(), trash);
                default:
                    disk.Delete(item.Path);
                    return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, in use, or in a lower layer that cannot be changed.
            return Stays(item, e.Message);
        }
    }

    // A run that has it, or may take it, holds the lock.
    bool TakeCheckpoint(Garbage item, List<(Garbage Item, string Path)> trash)
    {
        var state = new CheckpointFiles(item.Path).Read();
        using var held = state is null ? null : KernelLock.TryAcquire(layout.LockOf(CheckpointStore.LockOf(state)));
        return state is null || held is not null ? Rename(item, session.NewFile(), trash) : Stays(item, FormattableString.Invariant(
                $"it is the checkpoint of '{state.Stage}', replicate {state.Replicate}, and a run goes on from it now"));
    }

    bool Rename(Garbage item, string to, List<(Garbage Item, string Path)> trash)
    {
        if (!disk.TryRenameFolder(item.Path, to))
            return Stays(item, $"'{to}' is there already");
        trash.Add((item, to));
        return false;
    }

    void Delete(Garbage item, string path)
    {
        if (disk.TryDeleteAll(path, out var why))
        {
            _done.Add(item);
            return;
        }
        Stays(item with { Path = path, Place = layout.Relative(path) }, why!);
    }

    bool Stays(Garbage item, string why)
    {
        _stuck[item.Path] = (item, why);
        return false;
    }
}

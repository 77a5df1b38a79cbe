using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>
/// Does what was planned, beside running builds. The gate is held while names go, for moments: then nobody can note that he relies on
/// one of them, and what sessions noted before stays. Bytes are deleted afterwards. When a root changed meanwhile, it is planned anew.
/// </summary>
sealed class GarbageCollection(StoreLayout layout, Disk disk, StoreSession session, Func<GarbagePlan> plan)
{
    // So many renames or deletions a moment.
    const int AtOnce = 64;

    readonly List<Garbage> _done = [];

    public GarbagePlan Run()
    {
        while (true)
        {
            var current = plan();
            var before = current.Freed + current.Stays;
            if (!current.Blocked.IsEmpty)
                return current with { Items = [.. _done] };
            if (TryDo(current))
            {
                // What was skipped still takes place.
                var stays = new ContentSizes(new Census(layout)).Total;
                return current with { Items = [.. _done], Freed = Math.Max(0, Math.Min(current.Freed, before - stays)), Stays = stays };
            }
        }
    }

    // False: a root changed.
    bool TryDo(GarbagePlan current)
    {
        var roots = current.Roots;
        foreach (var chunk in current.Items.GroupBy(i => i.Kind).OrderBy(g => g.Key).SelectMany(g => g.Chunk(AtOnce)))
        {
            var ready = chunk.Where(TryKeepRemains).ToList();
            var trash = new List<string>();
            using (session.EnterGate())
            {
                // In this order: a session that has ended has written its root.
                var kept = StoreSession.AllKept(layout);
                if (RootSignature.Of(layout) != roots)
                    return false;
                foreach (var item in ready.Where(i => !IsNeeded(i, kept, current.Kept) && TryTake(i, trash)))
                    _done.Add(item);
                roots = RootSignature.Of(layout);
            }
            // No power cut may bring a name back whose bytes are gone.
            disk.Sync([], [.. chunk.Select(i => Path.GetDirectoryName(i.Path)!).Distinct(StringComparer.Ordinal)]);
            foreach (var path in trash)
                disk.DeleteAll(path);
        }
        return true;
    }

    bool IsNeeded(Garbage item, HashSet<Digest> kept, HashSet<Digest> knownKept) => item.Kind switch
    {
        GarbageKind.Root or GarbageKind.Workspace or GarbageKind.Lost => false,
        // Nobody notes that he uses it.
        GarbageKind.Cache when item.Guards.IsEmpty => StoreSession.IsAnotherAlive(layout, session),
        // Whom a file helps cannot be told from its name: the next collection sees.
        GarbageKind.Content => !kept.IsSubsetOf(knownKept) || Files.Facts(item.Path) is not { Links: 1 },
        GarbageKind.Listing => item.Guards.Any(kept.Contains) || Directory.Exists(layout.FolderOf(new Reference<Tree>(item.Guards[0]))),
        _ => item.Guards.Any(kept.Contains),
    };

    // Bytes that rank and judge a tree are in files/ before the tree goes.
    bool TryKeepRemains(Garbage item)
    {
        foreach (var file in item.Remains)
        {
            var path = layout.ContentOf(file.Content, file.Executable);
            if (StoredContent.LooksSound(Files.Facts(path), file.Content, file.Size, file.Executable))
                continue;
            var source = file.Path.Under(item.Path);
            if (!IntactCopies.Is(source, file.Content))
                return false;
            var temporary = session.NewFile();
            new TreeRebuilding(disk, layout, temporary).Place(source, file.Content, file.Executable, temporary);
            disk.Sync([temporary], []);
            disk.MakeFolderFor(path);
            disk.Replace(temporary, path);
            disk.Sync([], [Path.GetDirectoryName(path)!]);
        }
        return true;
    }

    bool TryTake(Garbage item, List<string> trash)
    {
        try
        {
            switch (item.Kind)
            {
                case GarbageKind.Records or GarbageKind.Cache or GarbageKind.Workspace or GarbageKind.Lost:
                    return Rename(item.Path, session.NewFile(), trash);
                case GarbageKind.Tree:
                    // Changes nothing, and tells whether the folder is ours: another user's could be renamed, but not be deleted.
                    disk.SetMode(item.Path, Disk.ReadOnlyExecutable);
                    return Rename(item.Path, session.NewTree(), trash);
                default:
                    disk.Delete(item.Path);
                    return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's: he collects it himself.
            return false;
        }
    }

    bool Rename(string from, string to, List<string> trash)
    {
        if (!disk.TryRenameFolder(from, to))
            return false;
        trash.Add(to);
        return true;
    }
}

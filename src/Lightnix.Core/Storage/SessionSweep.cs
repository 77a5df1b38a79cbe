namespace Lightnix.Storage;

/// <summary>Deletes what dead sessions left. They are found by their folders in <c>work/</c> and by their locks: where no session died,
/// that is a look at two folders. <c>trees/</c>, which may be long, is read only after a death.</summary>
sealed class SessionSweep(StoreLayout layout, Disk disk)
{
    /// <param name="abandoned">Ends processes that still work in folders whose paths have this part.</param>
    /// <param name="except">The session that sweeps.</param>
    public void Run(Action<string>? abandoned = null, string? except = null)
    {
        var leftovers = Files.Names(layout.Work).Where(n => SessionNames.IsOfSession(n) && !SessionNames.IsKept(layout, n))
            .ToLookup(n => n[..SessionNames.IdLength], StringComparer.Ordinal);
        var locked = Files.Names(layout.Sessions).Where(n => n.Length == SessionNames.IdLength && SessionNames.IsOfSession(n));
        List<string>? unfinished = null;
        foreach (var id in leftovers.Select(l => l.Key).Union(locked, StringComparer.Ordinal).Where(id => id != except))
        {
            try
            {
                using var dead = KernelLock.TryAcquire(Path.Combine(layout.Sessions, id));
                if (dead is null)
                    continue;
                if (Files.Names(layout.Work).Any(n => n.StartsWith($"{id}-", StringComparison.Ordinal)))
                    abandoned?.Invoke(string.Join(Path.DirectorySeparatorChar, "", Path.GetFileName(layout.Work), $"{id}-"));
                unfinished ??= [.. Files.Names(layout.Trees).Where(n => n[0] == '.')];
                var rescued = new List<string>();
                foreach (var name in leftovers[id])
                {
                    var root = Path.Combine(layout.Work, name);
                    if (new CheckpointMoves(layout, disk, root).TryRescue())
                        rescued.Add(name);
                    // The workspace stays, and the folder of its session goes.
                    else
                        new WorkspaceLog(disk, WorkspaceLog.FileOf(root)).MoveInto(root);
                }
                Delete(id, unfinished, rescued);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's, who sweeps it himself.
            }
        }
        if (unfinished is not null)
            SweepLocks();
    }

    // The session's folder goes last: what cannot be deleted now, as another user's, is found by it.
    void Delete(string id, List<string> unfinished, IEnumerable<string> leftovers)
    {
        var trees = unfinished.Where(t => t.StartsWith($".{id}-", StringComparison.Ordinal)).Select(t => Path.Combine(layout.Trees, t));
        if (DeleteAll(disk, trees))
            DeleteAll(disk, leftovers.OrderByDescending(n => n.Length).Select(n => Path.Combine(layout.Work, n)));
    }

    /// <summary>What dead sessions left. A session is found by its folder in <c>work/</c>, so that goes after its trees.</summary>
    public static IEnumerable<string> Unfinished(StoreLayout layout)
    {
        const int id = SessionNames.IdLength;
        var folders = Files.Names(layout.Work).Where(n => SessionNames.IsOfSession(n) && !SessionNames.IsKept(layout, n))
            .ToLookup(n => n[..id], n => Path.Combine(layout.Work, n), StringComparer.Ordinal);
        var trees = Files.Names(layout.Trees).Where(SessionNames.IsUnfinishedTree)
            .ToLookup(n => n[1..(id + 1)], n => Path.Combine(layout.Trees, n), StringComparer.Ordinal);
        var dead = trees.Select(t => t.Key).Union(folders.Select(l => l.Key), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Where(i => SessionNames.IsDead(layout, i));
        return dead.SelectMany(i => trees.Contains(i) ? trees[i] : folders[i].Where(f => !CheckpointMoves.IsIn(layout, f))).ToList();
    }

    /// <summary>Deletes each path; false where something stayed.</summary>
    public static bool DeleteAll(Disk disk, IEnumerable<string> paths)
    {
        var all = true;
        foreach (var path in paths)
            all &= disk.DeleteAll(path);
        return all;
    }

    // Files of locks that no process holds mean nothing. They are deleted so that they do not gather.
    void SweepLocks()
    {
        foreach (var name in Files.Names(layout.Locks).Where(n => Digest.TryParse(n, out _)))
        {
            try
            {
                KernelLock.TryAcquire(Path.Combine(layout.Locks, name))?.Dispose();
            }
            catch (IOException)
            {
                // Another user's.
            }
        }
    }
}

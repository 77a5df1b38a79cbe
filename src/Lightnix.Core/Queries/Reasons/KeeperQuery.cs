using Lightnix.Projects;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Finds what keeps a result from garbage collection: roots, lock files and pins, and the ways from them.</summary>
public sealed class KeeperQuery(Store store)
{
    readonly Lazy<ImmutableDictionary<Reference<Realization>, Reference<Resolved>>> _known =
        new(() => new StoreIndex(store).Realizations());
    readonly Lazy<ImmutableArray<Root>> _living =
        new(() => [.. store.Roots.Readable().Where(r => GarbagePlanning.IsAlive(r.Project))]);

    /// <summary>The keepers that name the result. If none does, the shortest chain of results from a keeper to it. Empty if nothing
    /// keeps it.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public ImmutableArray<Keeper> Of(Realization realization)
    {
        var target = realization.Reference();
        ImmutableArray<Keeper> all = [.. Roots(), .. LockFilesOf(), .. Pins()];
        ImmutableArray<Keeper> direct = [.. all.Where(k => k.Path[0].Realization == target), .. Counted(realization)];
        return !direct.IsEmpty ? direct : Way(all, target) is { } way ? [way] : [];
    }

    IEnumerable<Keeper> Roots() =>
        from root in _living.Value
        from stage in root.Stages
        from result in stage.Value.Results
        select Direct("root", root.Project, stage.Key, result.Realization, !stage.Value.IsIntermediate);

    IEnumerable<Keeper> LockFilesOf() =>
        from root in _living.Value
        from file in LockedDigests.FilesOf(root)
        from stage in StagesOf(file)
        from result in stage.Value.Results
        select Direct("lock file", file, stage.Key.ToString(), result.Realization, keepsFiles: true);

    IEnumerable<Keeper> Pins() => store.Pins.All()
        .Select(p => Direct("pin", p.Name?.ToString() ?? p.Reason, null, p.Realization, keepsFiles: true));

    // Results that were not chosen: those that may still be chosen stay whole, of the others the records.
    IEnumerable<Keeper> Counted(Realization realization)
    {
        var reference = realization.Reference();
        foreach (var root in _living.Value)
        {
            foreach (var pending in root.Pending.Where(p => p.Value == realization.Resolved))
                yield return Direct("root", root.Project, pending.Key, reference, keepsFiles: true) with
                {
                    Because = "the last build could not choose, so each result stays",
                };
            foreach (var stage in root.Stages.Where(s => !s.Value.Choice.IsAmongStages && s.Value.Resolved == realization.Resolved
                && !s.Value.Choice.Realizations.Contains(reference)))
                yield return Direct("root", root.Project, stage.Key, reference, keepsFiles: false) with
                {
                    Because = "its matcher counts it and chose another",
                };
        }
    }

    // By what runs recorded of their inputs.
    Keeper? Way(ImmutableArray<Keeper> keepers, Reference<Realization> target)
    {
        var seen = new HashSet<Reference<Realization>>();
        var pending = new Queue<Keeper>(keepers);
        while (pending.TryDequeue(out var keeper))
        {
            var last = keeper.Path[^1].Realization;
            if (last == target)
                return keeper with { KeepsFiles = false };
            if (!seen.Add(last) || !_known.Value.TryGetValue(last, out var resolved))
                continue;
            foreach (var (at, inputs) in store.Records.History(resolved).Facts.SelectMany(f => f.Context))
            {
                foreach (var input in inputs)
                    pending.Enqueue(keeper with { Path = keeper.Path.Add(new(at, input)) });
            }
        }
        return null;
    }

    static Keeper Direct(string kind, string name, string? stage, Reference<Realization> realization, bool keepsFiles) =>
        new(kind, name, [new(stage, realization)], keepsFiles);

    // What cannot be read names digests all the same: garbage collection reads these.
    static ImmutableSortedDictionary<StageName, LockedStage> StagesOf(string file)
    {
        try
        {
            return LockFiles.TryRead(file) is { } bytes ? LockFile.Parse(bytes).Stages : LockFile.None("").Stages;
        }
        catch (Exception e) when (e is LockFileException or IOException)
        {
            return LockFile.None("").Stages;
        }
    }
}

namespace Lightnix.Storage;

/// <summary>Gives what an archive holds its names in the store: contents, trees, listings, logs and records, and the runs last. A kill at
/// any step leaves things that are whole.</summary>
sealed class ArchiveTaking(StoreLayout layout, Disk disk, Store store, WriteSession session)
{
    public ImportReport Take(VerifiedArchive archive, CancellationToken cancellationToken)
    {
        var records = archive.Records;
        Keep(archive);
        TakeContents(archive);
        TakeLogs(records.Logs);
        var trees = archive.Manifest.Trees.Where(t => !store.Trees.Contains(t)).ToImmutableArray();
        foreach (var tree in trees)
            TakeTree(records.Listings[tree], cancellationToken);
        store.Records.Add(records.Derivations.Values);
        foreach (var resolved in records.Resolved.Values)
            store.Records.Add(resolved);
        var runs = InOrder(records).Where(n => !File.Exists(n.Under(layout))).ToImmutableArray();
        var others = records.Bytes.Keys.Select(n => ArchivedName.TryParse(n)!).Where(n => !IsRun(n));
        Name([.. others.Concat(runs).Where(n => !File.Exists(n.Under(layout)))], records);
        return new([.. archive.Manifest.Results.Select(r => records.Realizations[r])], records.Runs.Count, runs.Length)
        {
            Trees = archive.Manifest.Trees.Length,
            NewTrees = trees.Length,
            NewBytes = trees.Sum(t => records.Listings[t].Size),
        };
    }

    static bool IsRun(ArchivedName name) => name.Kind is ArchivedName.Run or ArchivedName.Adoption;

    // Noted before it is looked for, so that no collection comes between. Contents were noted when they were read.
    void Keep(VerifiedArchive archive)
    {
        session.Keep(archive.Records.Bytes.Keys.Select(n => ArchivedName.TryParse(n)!.Digest).Concat(archive.Records.Logs.Keys));
        foreach (var tree in archive.Manifest.Trees)
            store.Trees.Use(tree);
    }

    // As the listings want it: a file that is only used as an executable has no other form.
    void TakeContents(VerifiedArchive archive)
    {
        var plain = archive.Records.Derivations.Values.SelectMany(d => d.Sources).Select(s => s.Content)
            .Concat(archive.Records.Listings.Values.SelectMany(t => t.Entries).OfType<TreeEntry.File>().Where(f => !f.Executable)
                .Select(f => f.Content)).ToHashSet();
        var named = new List<(string From, string To)>();
        foreach (var (digest, unpacked) in archive.Contents)
        {
            if (unpacked is null)
                continue;
            var executable = !plain.Contains(digest);
            disk.SetTime(unpacked, ContentTime.Of(digest));
            disk.SetMode(unpacked, StoredContent.ModeOf(executable));
            named.Add((unpacked, layout.ContentOf(digest, executable)));
        }
        Name(named);
    }

    // The time of a log follows from its content.
    void TakeLogs(Dictionary<Digest, string> logs)
    {
        var named = new List<(string From, string To)>();
        foreach (var (digest, unpacked) in logs)
        {
            var path = new ArchivedName(ArchivedName.Log, digest).Under(layout);
            if (File.Exists(path))
                continue;
            disk.SetTime(unpacked, ContentTime.Of(digest));
            disk.SetMode(unpacked, Disk.ReadOnly);
            named.Add((unpacked, path));
        }
        Name(named);
    }

    void TakeTree(Tree tree, CancellationToken cancellationToken)
    {
        using var staging = new TreeStaging(layout, disk, () => session, cancellationToken);
        foreach (var entry in tree.Entries)
        {
            staging.AddFolders(entry.Path.Parent);
            switch (entry)
            {
                case TreeEntry.File file when !staging.AddStored(file):
                    var path = layout.ContentOf(file.Content, file.Executable);
                    throw StorageErrors.Damaged(path, "was changed", layout.Tool.RepairCure);
                case TreeEntry.Link link:
                    staging.AddLink(link.Path, link.Target);
                    break;
                case TreeEntry.EmptyFolder:
                    staging.AddFolder(entry.Path, empty: true);
                    break;
            }
        }
        staging.Commit();
    }

    // Runs of inputs come before those that read them.
    static List<ArchivedName> InOrder(ArchiveRecords records)
    {
        var of = records.Runs.ToLookup(r => r.Value.Realization, r => r.Key);
        var (ordered, seen) = (new List<ArchivedName>(), new HashSet<Reference<Run>>());
        var pending = new Stack<(Reference<Run> Run, bool InputsAreDone)>(records.Runs.Keys.OrderDescending().Select(r => (r, false)));
        while (pending.TryPop(out var next))
        {
            var run = records.Runs[next.Run];
            if (next.InputsAreDone)
            {
                ordered.Add(new(run.Adopted is null ? ArchivedName.Run : ArchivedName.Adoption, next.Run.Digest, run.Facts.Resolved));
                continue;
            }
            if (!seen.Add(next.Run))
                continue;
            pending.Push((next.Run, true));
            foreach (var input in run.Facts.Context.Values.SelectMany(c => c).SelectMany(r => of[r]))
                pending.Push((input, false));
        }
        return ordered;
    }

    void Name(ImmutableArray<ArchivedName> names, ArchiveRecords records)
    {
        var named = new List<(string From, string To)>();
        foreach (var name in names)
        {
            var temporary = session.NewFile();
            disk.Write(temporary, records.Bytes[name.ToString()]);
            named.Add((temporary, name.Under(layout)));
        }
        Name(named);
    }

    // All are durable before any gets its name, and the names of what runs name are, too.
    void Name(List<(string From, string To)> named)
    {
        disk.Settle([.. named.Select(n => n.From)]);
        foreach (var (from, to) in named)
        {
            disk.MakeFolderFor(to);
            disk.Replace(from, to);
            disk.Changed(Path.GetDirectoryName(to)!);
        }
        disk.Settle([]);
    }
}

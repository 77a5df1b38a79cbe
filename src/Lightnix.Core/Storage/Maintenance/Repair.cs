namespace Lightnix.Storage;

/// <summary>Repairs from what is intact, and moves the rest out of the store to <c>lost/</c>, where people can look at it. Intact parts do
/// not change. After each step the store is consistent.</summary>
sealed class Repair(StoreLayout layout, Disk disk, WriteSession session)
{
    readonly IntactCopies _copies = new(layout);

    public string Mode(string path)
    {
        disk.SetMode(path, Disk.ReadOnly);
        return "its mode was put right";
    }

    public string Folder(string path)
    {
        LostFolders.MakeAgain(path, layout, disk, session);
        if (!LostFolders.IsUnknown(layout, path))
            return "made again, empty";
        var command = layout.Tool.Of($"gc --forget {Path.GetFileName(path)}");
        return $"made again, empty; nothing is collected until a person says that nothing is missing in it: {command}";
    }

    /// <summary>Puts a file in the place of a link to its bytes.</summary>
    public string? Unlink(string path)
    {
        if (Files.TryRead(path) is not { } bytes)
            return null;
        Write(path, bytes);
        return "made a file again";
    }

    /// <summary>Moves out what is no part of a store, or cannot be repaired.</summary>
    public string Extra(string path)
    {
        var place = ToLost(path);
        return $"moved to {place}";
    }

    /// <summary>Notes that something is missing for good, so that it is not reported again.</summary>
    public string GiveUp(string path)
    {
        disk.MakeFolder(layout.Lost);
        var temporary = session.NewFile();
        disk.Write(temporary, []);
        disk.Replace(temporary, layout.LostOf(path));
        disk.Sync([], [layout.Lost]);
        return "nothing here can make it again: it is noted in lost/ and not asked for any more";
    }

    /// <summary>Moves out a record that is not what its name says. A realization is made again from a run that gave it.</summary>
    public string Record(string path)
    {
        var name = Path.GetFileName(path);
        if (StoreLayout.DigestIn(name, StoreLayout.RealizationPrefix, StoreLayout.RecordSuffix) is { } realization)
        {
            var folder = Path.GetDirectoryName(path)!;
            if (RunsIn(folder).Select(r => r.Run).FirstOrDefault(r => r.Realization.Digest == realization) is { } run)
            {
                ToLost(path);
                return Realization(run.Facts.Resolved, run.Tree);
            }
        }
        return $"moved to {ToLost(path)}: its contents are lost";
    }

    public string Realization(Reference<Resolved> resolved, Reference<Tree> tree)
    {
        var record = new Realization(resolved, tree);
        Write(layout.Of(resolved, StoreLayout.RealizationPrefix, record.Reference().Digest), record.ToBytes());
        return "made again from a run that gave it";
    }

    /// <summary>Makes a listing again from its tree; without the tree, the realization is dropped.</summary>
    public string Listing(Reference<Tree> tree)
    {
        var path = layout.ListingOf(tree);
        if (Files.Facts(path) is not null)
            ToLost(path);
        if (Retold(tree) is { } bytes)
        {
            Write(path, bytes);
            return "made again from the tree";
        }
        return Drop(tree);
    }

    /// <summary>Corrects modes and times, and heals damaged files from intact copies. Without a copy, the realization is dropped.</summary>
    public string? Tree(Reference<Tree> tree)
    {
        if (IntactCopies.Listing(layout, tree) is not { } listing)
            return Listing(tree);
        var folder = layout.FolderOf(tree);
        if (new AttributeRepair(disk, folder, listing).Run(everyByte: true) is null && IsSound(folder, listing))
            return "modes and times were put right";
        var sources = listing.Entries.OfType<TreeEntry.File>().Select(f => f.Content).Distinct().ToDictionary(d => d, _copies.Find);
        if (sources.ContainsValue(null))
            return Drop(tree);
        Exchange(folder, new TreeRebuilding(disk, layout, session.NewTree()).Build(listing, sources!));
        return "healed from intact copies";
    }

    public string Content(Digest digest, bool executable)
    {
        var path = layout.ContentOf(digest, executable);
        if (TryPutRight(path, digest, StoredContent.ModeOf(executable)))
            return "its mode and time were put right";
        // The copy is found first: the moved file may be the only one.
        var copy = _copies.Find(digest);
        var place = ToLost(path);
        if (copy is null)
            return $"moved to {place}; no intact copy is left";
        var temporary = session.NewFile();
        new TreeRebuilding(disk, layout, temporary).Place(copy, digest, executable, temporary);
        disk.Sync([temporary], []);
        disk.Replace(temporary, path);
        return "healed from an intact copy";
    }

    public string Log(string path, Digest digest) =>
        TryPutRight(path, digest, Disk.ReadOnly)
            ? "its mode and time were put right"
            : $"moved to {ToLost(path)}: what the builder printed is lost";

    // The realization leaves the set with every run that gave it, so that the matcher chooses again or the replicate runs again.
    string Drop(Reference<Tree> tree)
    {
        // The folder first: where it cannot be moved, its records stay. Without it, the result is like one that was collected.
        if (Directory.Exists(layout.FolderOf(tree)))
            ToLost(layout.FolderOf(tree));
        var runs = 0;
        foreach (var folder in Files.Names(layout.ResolvedFolders).Select(n => Path.Combine(layout.ResolvedFolders, n)).ToList())
        {
            foreach (var (file, run) in RunsIn(folder).Where(r => r.Run.Tree == tree).ToList())
            {
                runs++;
                ToLost(file);
                if (File.Exists(layout.Of(run.Facts.Resolved, StoreLayout.RealizationPrefix, run.Realization.Digest)))
                    ToLost(layout.Of(run.Facts.Resolved, StoreLayout.RealizationPrefix, run.Realization.Digest));
            }
            // A realization without runs, which nothing chooses.
            foreach (var file in Files.Names(folder).Where(IsRealization).Select(n => Path.Combine(folder, n)).ToList())
            {
                if (RecordFile.TryRead<Realization>(file) is { } realization && realization.Tree == tree)
                    ToLost(file);
            }
        }
        var dropped = FormattableString.Invariant($"{runs} {(runs == 1 ? "run" : "runs")}");
        return $"no intact copy: dropped with {dropped} and moved to lost/; the next build chooses again or runs again";
    }

    static bool IsRealization(string name) => name.StartsWith(StoreLayout.RealizationPrefix, StringComparison.Ordinal);

    static IEnumerable<(string File, Run Run)> RunsIn(string folder) =>
        from name in Files.Names(folder).Order(StringComparer.Ordinal)
        where StoreLayout.IsRun(name)
        let file = Path.Combine(folder, name)
        let run = RecordFile.TryRead<Run>(file)
        where run is not null
        select (file, run);

    byte[]? Retold(Reference<Tree> tree)
    {
        try
        {
            var folder = layout.FolderOf(tree);
            if (!Directory.Exists(folder))
                return null;
            var entries = FolderWalk.Of(folder, owned: false).OrRefuse($"'{folder}'").Entries.Select(Retold).OfType<TreeEntry>();
            return Model.Tree.Of(entries) is var retold && retold.Reference == tree ? retold.Bytes.ToArray() : null;
        }
        catch (Exception e) when (e is IOException or StoreException)
        {
            return null;
        }
    }

    static TreeEntry? Retold(WalkedEntry entry)
    {
        if (entry.Target is { } target)
            return new TreeEntry.Link(entry.Path, target);
        if (entry.Facts.Kind == FileKind.Folder)
            return entry.IsEmpty ? new TreeEntry.EmptyFolder(entry.Path) : null;
        using var file = Files.OpenForReading(entry.File);
        return file is null ? null : new TreeEntry.File(entry.Path, Files.Digest(file).Digest, entry.Facts.Size, entry.Facts.IsExecutable);
    }

    bool TryPutRight(string path, Digest digest, int mode)
    {
        if (Files.Facts(path) is not { Kind: FileKind.File } facts)
            return false;
        if (facts.Mode != mode)
            disk.SetMode(path, mode);
        if (!IntactCopies.Is(path, digest))
            return false;
        if (facts.Modified != ContentTime.Of(digest) * 1_000_000_000)
            disk.SetTime(path, ContentTime.Of(digest));
        return true;
    }

    static bool IsSound(string folder, Tree listing)
    {
        var sound = true;
        new TreeVerification(folder, listing, (path, _) => Files.DigestOf(path), (_, _) => sound = false).Run();
        return sound;
    }

    void Exchange(string folder, string rebuilt)
    {
        var damaged = session.NewTree();
        if (Files.Facts(folder) is not null)
            Rename(folder, damaged);
        Rename(rebuilt, folder);
        disk.Sync([], [layout.Trees]);
        disk.DeleteAll(damaged);
    }

    void Rename(string from, string to)
    {
        if (!disk.TryRenameFolder(from, to))
            throw new IOException($"'{to}' is there already");
    }

    void Write(string path, byte[] bytes)
    {
        var temporary = session.NewFile();
        disk.Write(temporary, bytes);
        disk.Sync([temporary], []);
        disk.Replace(temporary, path);
        disk.Sync([], [Path.GetDirectoryName(path)!]);
    }

    string ToLost(string path)
    {
        disk.MakeFolder(layout.Lost);
        var place = layout.LostOf(path);
        for (var i = 2; Files.Facts(place) is not null; i++)
            place = FormattableString.Invariant($"{layout.LostOf(path)}.{i}");
        if (Files.Facts(path) is { Kind: FileKind.Folder } facts)
            MoveFolder(path, place, facts.Mode);
        else
            disk.Replace(path, place);
        disk.Sync([], [layout.Lost, Path.GetDirectoryName(path)!]);
        return layout.Relative(place);
    }

    void MoveFolder(string path, string place, int mode)
    {
        // A read-only folder cannot be renamed into another parent by an ordinary user.
        disk.SetMode(path, Disk.WritableFolder);
        try
        {
            Rename(path, place);
        }
        catch (IOException)
        {
            disk.SetMode(path, mode);
            throw;
        }
    }
}

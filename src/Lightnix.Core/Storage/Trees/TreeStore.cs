using Lightnix.Contracts;

namespace Lightnix.Storage;

/// <summary>Trees, stored once, read-only, whole or not at all.</summary>
public sealed class TreeStore
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Func<WriteSession> _session;

    // Null where only looking is wanted.
    readonly Disk? _mending;

    internal TreeStore(StoreLayout layout, Disk disk, Func<WriteSession> session, bool mends) =>
        (_layout, _disk, _session, _mending) = (layout, disk, session, mends ? disk : null);

    /// <summary>True when the tree's folder is there, whole.</summary>
    public bool Contains(Reference<Tree> tree) => Directory.Exists(_layout.FolderOf(tree));

    /// <summary>True when the tree is there, and as long as this session lives, it stays.</summary>
    public bool Keep(Reference<Tree> tree)
    {
        _session().Keep([tree.Digest]);
        return Use(tree);
    }

    /// <summary>True when the tree is there. Notes its use, to the hour, in the time of its listing.</summary>
    public bool Use(Reference<Tree> tree)
    {
        if (_mending is not null)
            LastUse.Note(_layout.ListingOf(tree), _disk);
        return Contains(tree);
    }

    /// <summary>Checks a tree before it is used. Where only modes and times are not as they were stored, they are corrected.</summary>
    /// <param name="everyByte">Reads all of it. Without: a look at kinds, sizes, modes and times, which finds what was changed by accident;
    /// what looks otherwise is read.</param>
    /// <exception cref="StoreException">LNX3001: it is not what was stored.</exception>
    public void Check(Tree listing, bool everyByte, CancellationToken cancellationToken = default)
    {
        var folder = FolderOf(listing.Reference);
        if ((everyByte || QuickTreeCheck.At(folder, listing) is not null)
            && new AttributeRepair(_mending, folder, listing, cancellationToken).Run(everyByte) is var (at, why))
            throw StorageErrors.Damaged(at, why, _layout.Tool.RepairCure);
    }

    /// <summary>The listing, which may outlive the tree; null where it was never here.</summary>
    /// <exception cref="StoreException">LNX3001: the listing is not what its name says, or is lost while the tree is there.</exception>
    public Tree? Find(Reference<Tree> tree)
    {
        var path = _layout.ListingOf(tree);
        if (Files.TryRead(path) is not { } bytes)
        {
            // A listing is written before its tree and deleted after it: without one, a tree that is there is damaged.
            return Contains(tree) ? throw StorageErrors.Damaged(path, "is missing", _layout.Tool.RepairCure) : null;
        }
        try
        {
            var found = Tree.Parse(bytes);
            return found.Reference == tree
                ? found
                : throw StorageErrors.Damaged(path, $"has the SHA-256 {found.Reference}", _layout.Tool.RepairCure);
        }
        catch (FormatException e)
        {
            throw StorageErrors.Damaged(path, $"cannot be read: {e.Message}", _layout.Tool.RepairCure);
        }
    }

    /// <summary>The listing of a tree that is there.</summary>
    /// <exception cref="StoreException">LNX3001: there is none, or it is not what its name says.</exception>
    public Tree Get(Reference<Tree> tree) =>
        Find(tree) ?? throw StorageErrors.Damaged(_layout.ListingOf(tree), "is missing", _layout.Tool.RepairCure);

    /// <summary>The absolute folder of a tree.</summary>
    public string FolderOf(Reference<Tree> tree) => _layout.FolderOf(tree);

    /// <summary>Takes a folder's contents into the store: copied, hashed as stored, synced, made read-only. "Already there" is
    /// success.</summary>
    /// <exception cref="StoreException">LNX2007: something in it is refused; the message names every offending path.</exception>
    public Tree Take(string folder, CancellationToken cancellationToken = default)
    {
        // A workspace is Lightnix's own: what its builder made unreadable is made readable. Nothing else is ever touched.
        var owned = folder.StartsWith(_layout.Work + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        var what = owned ? "the output" : $"'{folder}'";
        using var opened = OpenedFolder.At(folder);
        var walk = FolderWalk.Of(folder, owned, cancellationToken: cancellationToken).OrRefuse(what);
        using var staging = new TreeStaging(_layout, _disk, _session, cancellationToken);
        foreach (var entry in walk.Entries)
        {
            if (entry.Facts.Kind == FileKind.Folder)
            {
                staging.AddFolder(entry.Path, entry.IsEmpty);
            }
            else if (entry.Target is { } target)
            {
                staging.AddLink(entry.Path, target);
            }
            else
            {
                if (owned)
                    FileModes.Add(entry.File, entry.Facts, FileFacts.OwnerRead);
                using var source = opened.OpenForReading(entry.Path);
                if (!staging.AddFile(entry.Path, source, entry.Facts.IsExecutable))
                    throw StorageErrors.Refused(what, [$"'{entry.Path}' changed while it was taken"]);
            }
        }
        return staging.Commit();
    }

    /// <summary>Takes one file as a tree of one entry.</summary>
    /// <exception cref="StoreException">LNX2007: it is no file.</exception>
    public Tree TakeFile(string file, string name, bool executable, CancellationToken cancellationToken = default)
    {
        var path = RelativePath.OfSegments([name]);
        if (name.Length == 0 || name is "." or ".." || name.Contains('/', StringComparison.Ordinal))
            throw new ArgumentException($"'{name}' is not a file's name", nameof(name));
        using var staging = new TreeStaging(_layout, _disk, _session, cancellationToken);
        // What an author calls a file may be his link to one.
        return staging.AddFile(path, file, executable, follow: true)
            ? staging.Commit()
            : throw StorageErrors.Refused($"'{file}'", ["it is not a file"]);
    }

    /// <summary>Takes of a path of the working tree what was planned: a file, or those entries of a folder. What came to the folder since
    /// is left to the next build.</summary>
    /// <returns>The tree as it was taken; null where an entry is not there any more, or something else.</returns>
    public Tree? TakeImport(string path, Tree planned, CancellationToken cancellationToken = default)
    {
        if (Files.Facts(path, follow: true) is { Kind: FileKind.File } facts)
            return TakeFile(path, Path.GetFileName(path), FileModes.IsExecutable(facts), cancellationToken);
        using var opened = OpenedFolder.At(path);
        using var staging = new TreeStaging(_layout, _disk, _session, cancellationToken);
        foreach (var entry in planned.Entries)
        {
            staging.AddFolders(entry.Path.Parent);
            if (!Add(entry, entry.Path.Under(path)))
                return null;
        }
        return staging.Commit();

        bool Add(TreeEntry entry, string file)
        {
            switch (entry, Files.Facts(file))
            {
                case (TreeEntry.File, { Kind: FileKind.File } found):
                    using (var source = opened.OpenForReading(entry.Path))
                        return staging.AddFile(entry.Path, source, FileModes.IsExecutable(found));
                case (TreeEntry.Link link, { Kind: FileKind.Link }) when Files.LinkTarget(file) == link.Target:
                    staging.AddLink(entry.Path, link.Target);
                    return true;
                case (TreeEntry.EmptyFolder, { Kind: FileKind.Folder }):
                    staging.AddFolder(entry.Path, empty: true);
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>A tree of one file that is stored already; null where it is not, or no longer what it was.</summary>
    public Tree? TryTakeStored(Digest content, string name, CancellationToken cancellationToken = default)
    {
        if (FindFile(content, cancellationToken) is not { } known)
            return null;
        using var staging = new TreeStaging(_layout, _disk, _session, cancellationToken);
        if (!staging.AddFile(RelativePath.OfSegments([name]), known, executable: false))
            return null;
        var tree = staging.Commit();
        return tree.Entries is [TreeEntry.File file] && file.Content == content ? tree : null;
    }

    /// <summary>A stored file with these bytes and not executable, absolute; null: there is none. It is read to make sure.</summary>
    public string? FindFile(Digest content, CancellationToken cancellationToken = default)
    {
        var path = _layout.ContentOf(content, executable: false);
        using var file = Files.OpenForReading(path);
        return file is not null && Files.Digest(file, cancellationToken).Digest == content ? path : null;
    }

    /// <summary>How many bytes a stored content has; null where it is not stored.</summary>
    public long? SizeOf(Digest content) =>
        (Files.Facts(_layout.ContentOf(content, false)) ?? Files.Facts(_layout.ContentOf(content, true)))?.Size;

    /// <summary>For promises and metrics. Of an evicted tree, those files can be read that were kept.</summary>
    public IResultFiles Open(Tree tree, CancellationToken cancellationToken = default) =>
        new StoredFiles(tree, _layout, _mending, cancellationToken);
}

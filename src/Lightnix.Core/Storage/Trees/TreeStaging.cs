using Microsoft.Win32.SafeHandles;

namespace Lightnix.Storage;

/// <summary>An unfinished tree, beside the finished ones under a name of its own. It becomes a tree in one step, or is deleted.</summary>
sealed class TreeStaging : IDisposable
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Func<WriteSession> _session;
    readonly CancellationToken _cancelled;
    readonly string _folder;
    readonly List<TreeEntry> _entries = [];
    readonly List<string> _folders = [];
    readonly List<string> _unsynced = [];
    readonly HashSet<RelativePath> _above = [];

    // Contents that files/ does not have, or not in a state to be used, and where they are in this tree.
    readonly Dictionary<(Digest Digest, bool Executable), string> _fresh = [];
    bool _gone;

    public TreeStaging(StoreLayout layout, Disk disk, Func<WriteSession> session, CancellationToken cancellationToken)
    {
        (_layout, _disk, _session, _cancelled) = (layout, disk, session, cancellationToken);
        _folder = session().NewTree();
        _folders.Add(_folder);
        disk.MakeFolder(_folder);
    }

    /// <summary>Adds a folder and those above it, where they were not added so yet.</summary>
    public void AddFolders(RelativePath folder)
    {
        if (folder.IsRoot || !_above.Add(folder))
            return;
        AddFolders(folder.Parent);
        AddFolder(folder, empty: false);
    }

    /// <inheritdoc cref="AddFile(RelativePath,SafeFileHandle?,bool)"/>
    public bool AddFile(RelativePath path, string source, bool executable, bool follow = false)
    {
        using var file = Files.OpenForReading(source, follow);
        return AddFile(path, file, executable);
    }

    /// <summary>Adds a file; false where the source is no file any more.</summary>
    public bool AddFile(RelativePath path, SafeFileHandle? source, bool executable)
    {
        if (source is null)
            return false;
        var copy = _session().NewFile();
        var (digest, size) = _disk.Copy(source, copy, _cancelled);
        var destination = path.Under(_folder);
        if (TryShare(digest, size, executable, destination))
        {
            _disk.Delete(copy);
        }
        else
        {
            _disk.SetTime(copy, ContentTime.Of(digest));
            _disk.SetMode(copy, StoredContent.ModeOf(executable));
            _disk.Replace(copy, destination);
            _fresh[(digest, executable)] = destination;
            _unsynced.Add(destination);
        }
        _entries.Add(new TreeEntry.File(path, digest, size, executable));
        return true;
    }

    /// <summary>Adds a file whose content <c>files/</c> has; false where it has not.</summary>
    public bool AddStored(TreeEntry.File file)
    {
        if (!TryShare(file.Content, file.Size, file.Executable, file.Path.Under(_folder)))
        {
            var copied = new[] { file.Executable, !file.Executable }.Select(e => _layout.ContentOf(file.Content, e))
                .FirstOrDefault(File.Exists);
            return copied is not null && AddFile(file.Path, copied, file.Executable)
                && _entries[^1] is TreeEntry.File added && added.Content == file.Content;
        }
        _entries.Add(file);
        return true;
    }

    public void AddLink(RelativePath path, string target)
    {
        _disk.MakeLink(path.Under(_folder), target);
        _entries.Add(new TreeEntry.Link(path, target));
    }

    /// <summary>Adds a folder, after the one that it is in.</summary>
    public void AddFolder(RelativePath path, bool empty)
    {
        _disk.MakeFolder(path.Under(_folder));
        _folders.Add(path.Under(_folder));
        if (empty)
            _entries.Add(new TreeEntry.EmptyFolder(path));
    }

    /// <summary>Makes the tree appear, whole and synced, with its listing. "Already there", also just now, is success.</summary>
    public Tree Commit()
    {
        var tree = Tree.Of(_entries);
        var folder = _layout.FolderOf(tree.Reference);
        _session().Keep([tree.Reference.Digest]);
        if (Directory.Exists(folder))
            return tree;
        var listing = WriteListing(tree);
        for (var i = _folders.Count - 1; i >= 0; i--)
        {
            _disk.SetTime(_folders[i], ContentTime.Fixed);
            _disk.SetMode(_folders[i], Disk.ReadOnlyExecutable);
        }
        _disk.Sync(_unsynced, _folders);
        foreach (var ((digest, executable), file) in _fresh)
            Publish(file, _layout.ContentOf(digest, executable));
        // Before the tree, so that no tree is without its listing, which stays when the tree is evicted.
        if (listing is not null)
        {
            _disk.MakeFolderFor(_layout.ListingOf(tree.Reference));
            _disk.Replace(listing, _layout.ListingOf(tree.Reference));
            _disk.Changed(_layout.Listings);
        }
        _gone = _disk.TryRenameFolder(_folder, folder);
        _disk.Changed(_layout.Trees);
        return tree;
    }

    // An inode of files/, or one that this tree has already. Where neither can get another name, the copy stays.
    bool TryShare(Digest digest, long size, bool executable, string destination)
    {
        var shared = _layout.ContentOf(digest, executable);
        return (StoredContent.LooksSound(Files.Facts(shared), digest, size, executable) && _disk.TryLink(shared, destination))
            || (_fresh.TryGetValue((digest, executable), out var own) && _disk.TryLink(own, destination));
    }

    string? WriteListing(Tree tree)
    {
        if (File.Exists(_layout.ListingOf(tree.Reference)))
            return null;
        var temporary = _session().NewFile();
        _disk.Write(temporary, tree.Bytes);
        _unsynced.Add(temporary);
        return temporary;
    }

    // Only synced contents get their name in files/, because other processes rely on them. The name itself need not be durable.
    void Publish(string file, string shared)
    {
        _disk.MakeFolderFor(shared);
        if (_disk.TryLink(file, shared))
            return;
        // The present file is damaged, has as many names as the file system allows, or is another user's, which the kernel does not let us
        // link. The fresh file takes its place. Or another process stored it in this instant, which does no harm.
        var temporary = _session().NewFile();
        if (_disk.TryLink(file, temporary))
            _disk.Replace(temporary, shared);
    }

    public void Dispose()
    {
        if (!_gone)
            _disk.DeleteAll(_folder);
    }
}

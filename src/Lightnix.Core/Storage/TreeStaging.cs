using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>A tree in the making, beside the finished ones under a name of its own. It becomes a tree in one step, or is deleted.</summary>
sealed class TreeStaging : IDisposable
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly ContentStore _contents;
    readonly Func<Session> _session;
    readonly string _folder;
    readonly List<TreeEntry> _entries = [];
    readonly List<string> _folders = [];
    bool _gone;

    public TreeStaging(StoreLayout layout, Disk disk, ContentStore contents, Func<Session> session)
    {
        (_layout, _disk, _contents, _session) = (layout, disk, contents, session);
        _folder = session().NewTree();
        _folders.Add(_folder);
        disk.MakeFolder(_folder);
    }

    /// <summary>Adds a file; false where the source is no file any more.</summary>
    public bool AddFile(RelativePath path, string source, bool executable, bool follow = false)
    {
        if (_contents.Put(source, executable, path.Under(_folder), follow) is not ({ } digest, var size))
            return false;
        _entries.Add(new TreeEntry.File(path, digest, size, executable));
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

    /// <summary>Makes the tree appear, whole and synced, with its listing. "Already there", also from another process in this instant, is success.</summary>
    public Tree Commit()
    {
        var tree = Tree.Of(_entries);
        WriteListing(tree);
        if (Directory.Exists(_layout.FolderOf(tree.Reference)))
            return tree;
        for (var i = _folders.Count - 1; i >= 0; i--)
            _disk.FinishFolder(_folders[i]);
        _gone = _disk.TryRenameFolder(_folder, _layout.FolderOf(tree.Reference));
        _disk.Changed(_layout.Trees);
        return tree;
    }

    // Before the tree, so that no tree is without one; it stays when the tree is evicted.
    void WriteListing(Tree tree)
    {
        var path = _layout.ListingOf(tree.Reference);
        if (File.Exists(path))
            return;
        var temporary = _session().NewFile();
        _disk.Write(temporary, tree.Bytes);
        _disk.Replace(temporary, path);
        _disk.Changed(_layout.Listings);
    }

    public void Dispose()
    {
        if (!_gone)
            _disk.DeleteAll(_folder);
    }
}

using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>Copies content of one stored tree to where a builder reads it: ordinary files and folders, read-only, with the times that they have in the store.</summary>
sealed class InputPlacement(Disk disk, Tree tree, string treeFolder)
{
    /// <param name="top">The folder <c>in</c>.</param>
    public void Place(RelativePath from, string top, RelativePath at)
    {
        var above = Open(top, at.Parent);
        // A named path may be a link: what is placed there is what it leads to, since what it names may not be placed.
        var source = tree.Follow(from) ?? throw new InvalidOperationException($"the tree {tree.Reference} has no '{from}'");
        if (OperatingSystem.IsWindows())
            RefuseForWindows(source);
        var destination = at.Under(top);
        if (tree.Find(source) is TreeEntry.File file)
            Copy(file, destination);
        else
            PlaceFolder(source, destination);
        foreach (var folder in above)
            Close(folder);
    }

    // Elsewhere these are ordinary characters; there they would lead out of the folder, or nowhere.
    void RefuseForWindows(RelativePath source)
    {
        var refusals = tree.Entries.Where(e => source.Contains(e.Path) && e.Path.ToString().Any("\\:*?\"<>|".Contains))
            .Select(e => $"'{e.Path}' is no name on Windows").ToList();
        if (refusals.Count > 0)
            throw StoreException.Refused($"the tree {tree.Reference}", refusals);
    }

    void PlaceFolder(RelativePath source, string destination)
    {
        var folders = new List<string>();
        var made = new HashSet<string>(StringComparer.Ordinal);
        void Make(RelativePath path)
        {
            if (!made.Add(path.ToString()))
                return;
            if (!path.IsRoot)
                Make(path.Parent);
            disk.MakeFolder(path.Under(destination));
            folders.Add(path.Under(destination));
        }
        Make(RelativePath.Root);
        foreach (var entry in tree.Below(source))
        {
            var path = source.RestOf(entry.Path);
            Make(entry is TreeEntry.EmptyFolder ? path : path.Parent);
            if (entry is TreeEntry.File file)
                Copy(file, path.Under(destination));
            else if (entry is TreeEntry.Link link)
                disk.MakeLink(path.Under(destination), link.Target);
        }
        for (var i = folders.Count - 1; i >= 0; i--)
            Close(folders[i]);
    }

    void Copy(TreeEntry.File file, string destination)
    {
        var stored = file.Path.Under(treeFolder);
        using var source = Files.OpenForReading(stored);
        if (source is null || !StoredContent.LooksSound(Files.Facts(stored), file.Content, file.Size, file.Executable))
            throw StoreException.Damaged(stored, source is null ? "is missing" : "was changed", StoreException.RepairCure);
        disk.CopyUnread(source, destination);
        disk.SetTime(destination, ContentTime.Of(file.Content));
        disk.SetMode(destination, StoredContent.ModeOf(file.Executable));
    }

    // Folders above what is placed are read-only too; they are opened for as long as something is placed below them.
    List<string> Open(string top, RelativePath folder)
    {
        var above = folder.IsRoot ? [] : Open(top, folder.Parent);
        var path = folder.Under(top);
        if (folder.IsRoot || !Directory.Exists(path))
            disk.MakeFolder(path);
        disk.SetMode(path, Disk.WritableFolder);
        above.Insert(0, path);
        return above;
    }

    void Close(string folder)
    {
        disk.SetTime(folder, ContentTime.Fixed);
        disk.SetMode(folder, Disk.ReadOnlyExecutable);
    }
}

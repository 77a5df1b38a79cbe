namespace Lightnix.Storage;

/// <summary>Places content of one stored tree where a builder reads it: ordinary files and folders, read-only, with the times that they
/// have in the store. They are copies, or are mounted there.</summary>
/// <param name="mounts">Of a sandbox; null where there is none.</param>
sealed class InputPlacement(
    Disk disk, Tree tree, string treeFolder, InputMounts? mounts, ToolCommands tool, CancellationToken cancellationToken)
{
    /// <param name="top">The folder <c>in</c>.</param>
    public void Place(RelativePath from, string top, RelativePath at)
    {
        var above = Open(top, at.Parent);
        // A named path may be a link. Its target is placed, because what the link names may not be placed.
        var source = tree.Follow(from) ?? throw new InvalidOperationException($"the tree {tree.Reference} has no '{from}'");
        if (ForbiddenNames.MatterHere)
            RefuseForWindows(source);
        var destination = at.Under(top);
        if (!TryMount(source, destination, at))
        {
            if (tree.Find(source) is TreeEntry.File file)
                Copy(file, destination);
            else
                PlaceFolder(source, destination);
        }
        foreach (var folder in above)
            Close(folder);
    }

    bool TryMount(RelativePath source, string destination, RelativePath at)
    {
        if (mounts is null)
            return false;
        var files = tree.Find(source) is TreeEntry.File one
            ? [(one, at)]
            : tree.Below(source).OfType<TreeEntry.File>().Select(f => (f, at.Append(source.RestOf(f.Path)))).ToList();
        if (!mounts.TryAdd(tree, source.Under(treeFolder), at, files, out var repeats))
            return false;
        foreach (var (file, _) in files)
            CheckSound(file, Files.Facts(file.Path.Under(treeFolder)));
        foreach (var (file, copy) in repeats)
        {
            disk.MakeFolder(Path.GetDirectoryName(copy)!);
            Copy(file, copy);
        }
        if (tree.Find(source) is TreeEntry.File)
        {
            disk.Write(destination, []);
        }
        else
        {
            CheckFolders(source);
            disk.MakeFolder(destination);
        }
        return true;
    }

    // A copy takes what the listing names; a mount shows whatever is there.
    void CheckFolders(RelativePath source)
    {
        var folders = new HashSet<RelativePath> { source };
        var names = new HashSet<RelativePath>();
        foreach (var entry in tree.Below(source))
        {
            if (entry is TreeEntry.EmptyFolder)
                folders.Add(entry.Path);
            for (var path = entry.Path; path != source && names.Add(path); path = path.Parent)
                folders.Add(path.Parent);
        }
        foreach (var folder in folders)
        {
            var path = folder.Under(treeFolder);
            var found = Files.AllNames(path) ?? [];
            if (found.FirstOrDefault(n => n.Name is null || !names.Contains(folder.Append(n.Name))).Bytes is { } strange)
            {
                var problem = $"holds '{Encoding.UTF8.GetString(strange)}', which does not belong to it";
                throw StorageErrors.Damaged(path, problem, tool.RepairCure);
            }
        }
    }

    // On Windows, these characters would lead out of the folder, or nowhere.
    void RefuseForWindows(RelativePath source)
    {
        var refusals = tree.Entries.Where(e => source.Contains(e.Path) && e.Path.ToString().Any("\\:*?\"<>|".Contains))
            .Select(e => $"'{e.Path}' is no name on Windows").ToList();
        if (refusals.Count > 0)
            throw StorageErrors.Refused($"the tree {tree.Reference}", refusals);
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
        cancellationToken.ThrowIfCancellationRequested();
        var stored = file.Path.Under(treeFolder);
        using var source = Files.OpenForReading(stored);
        CheckSound(file, source is null ? null : Files.Facts(stored));
        disk.CopyUnread(source!, destination, cancellationToken);
        disk.SetTime(destination, ContentTime.Of(file.Content));
        disk.SetMode(destination, StoredContent.ModeOf(file.Executable));
    }

    void CheckSound(TreeEntry.File file, FileFacts? facts)
    {
        if (!StoredContent.IsSound(file.Path.Under(treeFolder), facts, file.Content, file.Size, file.Executable, disk))
            throw StorageErrors.Damaged(file.Path.Under(treeFolder), facts is null ? "is missing" : "was changed", tool.RepairCure);
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

namespace Lightnix.Storage;

/// <summary>Makes a tree again from its listing and from intact copies of its files, beside the finished ones.</summary>
sealed class TreeRebuilding(Disk disk, StoreLayout layout, string folder)
{
    readonly List<string> _folders = [];
    readonly HashSet<RelativePath> _made = [];
    readonly List<string> _fresh = [];

    /// <returns>The folder, whole and synced.</returns>
    public string Build(Tree listing, IReadOnlyDictionary<Digest, string> sources)
    {
        Make(RelativePath.Root);
        foreach (var entry in listing.Entries)
        {
            Make(entry is TreeEntry.EmptyFolder ? entry.Path : entry.Path.Parent);
            if (entry is TreeEntry.File file)
                Place(sources[file.Content], file.Content, file.Executable, file.Path.Under(folder));
            else if (entry is TreeEntry.Link link)
                disk.MakeLink(link.Path.Under(folder), link.Target);
        }
        for (var i = _folders.Count - 1; i >= 0; i--)
        {
            disk.SetTime(_folders[i], ContentTime.Fixed);
            disk.SetMode(_folders[i], Disk.ReadOnlyExecutable);
        }
        disk.Sync(_fresh, _folders);
        return folder;
    }

    /// <summary>Places one file: as another name of the stored one, else as a copy.</summary>
    public void Place(string source, Digest digest, bool executable, string destination)
    {
        foreach (var same in new[] { layout.ContentOf(digest, executable), source })
        {
            if (IsWhole(same, digest, executable) && disk.TryLink(same, destination))
                return;
        }
        using (var from = Files.OpenForReading(source) ?? throw new IOException($"'{source}' was deleted"))
            disk.CopyUnread(from, destination);
        disk.SetTime(destination, ContentTime.Of(digest));
        disk.SetMode(destination, StoredContent.ModeOf(executable));
        _fresh.Add(destination);
    }

    static bool IsWhole(string path, Digest digest, bool executable) =>
        Files.Facts(path) is { } facts && StoredContent.LooksSound(facts, digest, facts.Size, executable) && IntactCopies.Is(path, digest);

    void Make(RelativePath path)
    {
        if (!_made.Add(path))
            return;
        if (!path.IsRoot)
            Make(path.Parent);
        disk.MakeFolder(path.Under(folder));
        _folders.Add(path.Under(folder));
    }
}

namespace Lightnix.Storage;

/// <summary>Compares a tree's folder with its listing: names, bytes, modes, times, links, empty folders, and nothing else.</summary>
/// <param name="hash">The digest of a file; null where it cannot be read.</param>
/// <param name="report">Gets each path that is wrong, absolute, and how.</param>
sealed class TreeVerification(string folder, Tree listing, Func<string, FileFacts, Digest?> hash, Action<string, string> report)
{
    /// <summary>Problems that leave the contents what they were.</summary>
    public const string OtherMode = "has another mode", OtherTime = "has another time";

    /// <inheritdoc cref="OtherMode"/>
    public const string OtherModeOrTime = "has another mode or time, and the same bytes";

    public const string IsMissing = "is missing";
    readonly Dictionary<RelativePath, TreeEntry> _missing = listing.Entries.ToDictionary(e => e.Path);
    readonly HashSet<RelativePath> _folders = [];

    public void Run()
    {
        foreach (var entry in listing.Entries)
        {
            for (var path = entry is TreeEntry.EmptyFolder ? entry.Path : entry.Path.Parent; !path.IsRoot && _folders.Add(path);)
                path = path.Parent;
        }
        Folder(folder, RelativePath.Root);
        foreach (var entry in _missing.Values)
            report(entry.Path.Under(folder), IsMissing);
    }

    void Folder(string path, RelativePath at)
    {
        List<(string? Name, byte[] Bytes)>? names;
        try
        {
            var facts = Files.Facts(path);
            if (facts?.Kind != FileKind.Folder)
            {
                report(path, "is no folder");
                return;
            }
            if (!FileModes.IsReadOnlyFolder(facts))
                report(path, OtherMode);
            if (facts.Modified != ContentTime.Fixed * 1_000_000_000)
                report(path, OtherTime);
            names = Files.AllNames(path);
        }
        catch (IOException e)
        {
            report(path, $"cannot be read: {e.Message}");
            return;
        }
        foreach (var (name, bytes) in names ?? [])
        {
            if (name is null)
                report(path, $"holds a name that is not UTF-8 ({Convert.ToHexStringLower(bytes)})");
            else
                Entry(Path.Combine(path, name), at.Append(name));
        }
    }

    void Entry(string path, RelativePath at)
    {
        if (_folders.Contains(at))
        {
            _missing.Remove(at);
            Folder(path, at);
            return;
        }
        if (!_missing.Remove(at, out var entry))
        {
            report(path, "is not in the listing");
            return;
        }
        try
        {
            if (Files.Facts(path) is not { } facts)
                return;
            var problem = entry is TreeEntry.File file ? Problem(path, facts, file) : Problem(path, facts, (TreeEntry.Link)entry);
            if (problem is not null)
                report(path, problem);
        }
        catch (IOException e)
        {
            report(path, $"cannot be read: {e.Message}");
        }
    }

    string? Problem(string path, FileFacts facts, TreeEntry.File file)
    {
        if (facts.Kind != FileKind.File)
            return "is no file";
        if (facts.Size != file.Size)
            return FormattableString.Invariant($"has {facts.Size} bytes, not {file.Size}");
        if (hash(path, facts) is var found && found != file.Content)
            return found is null ? "cannot be read" : $"has the SHA-256 {found}, not {file.Content}";
        return StoredContent.LooksSound(facts, file.Content, file.Size, file.Executable) && StoredContent.HasMode(facts, file.Executable)
            ? null
            : OtherModeOrTime;
    }

    static string? Problem(string path, FileFacts facts, TreeEntry.Link link)
    {
        if (facts.Kind != FileKind.Link || Files.LinkTarget(path) != link.Target)
            return $"is no link to '{link.Target}'";
        return facts.Modified == ContentTime.Fixed * 1_000_000_000 ? null : OtherTime;
    }
}

namespace Lightnix.Storage;

/// <summary>A cheap check of a tree before it is used: kind, size, mode and time of each file and folder, and the target of each link. No
/// file is opened and no folder is read: a folder whose entries changed has another time. <see cref="AttributeRepair"/> decides about what
/// looks changed.</summary>
static class QuickTreeCheck
{
    /// <summary>The first thing that is not as it was stored, absolute, and how; null where all of it looks sound.</summary>
    /// <remarks>Only <see cref="TreeVerification"/> finds a change with the former size and time.</remarks>
    public static (string Path, string Problem)? At(string folder, Tree listing)
    {
        var folders = new HashSet<RelativePath>();
        try
        {
            if (Folder(folder) is { } top)
                return (folder, top);
            foreach (var entry in listing.Entries)
            {
                var first = entry is TreeEntry.EmptyFolder ? entry.Path : entry.Path.Parent;
                for (var at = first; !at.IsRoot && folders.Add(at); at = at.Parent)
                {
                    if (Folder(at.Under(folder)) is { } problem)
                        return (at.Under(folder), problem);
                }
                if (Problem(entry, entry.Path.Under(folder)) is { } wrong)
                    return (entry.Path.Under(folder), wrong);
            }
            return null;
        }
        catch (IOException e)
        {
            return (folder, $"cannot be read: {e.Message}");
        }
    }

    static string? Problem(TreeEntry entry, string path) => entry switch
    {
        TreeEntry.File file => Files.Facts(path) is not { } facts ? "is missing"
            : StoredContent.LooksSound(facts, file.Content, file.Size, file.Executable) ? null
            : "does not look as it was stored",
        TreeEntry.Link link =>
            Files.Facts(path) is { Kind: FileKind.Link } && Files.LinkTarget(path) == link.Target ? null : $"is no link to '{link.Target}'",
        _ => null,
    };

    static string? Folder(string path) => Files.Facts(path) switch
    {
        null => "is missing",
        { Kind: not FileKind.Folder } => "is no folder",
        var facts when !FileModes.IsReadOnlyFolder(facts) => TreeVerification.OtherMode,
        var facts => facts.Modified == ContentTime.Fixed * 1_000_000_000 ? null : TreeVerification.OtherTime,
    };
}

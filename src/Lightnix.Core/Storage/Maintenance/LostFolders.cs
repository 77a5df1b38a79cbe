namespace Lightnix.Storage;

/// <summary>Folders of a store that went missing, as in a copy that was not finished. Those that say what is needed, <c>roots</c> and
/// <c>pins</c>, are made again with a mark in <c>lost/</c>: an empty folder would say that nothing is needed. With a mark, nothing is
/// collected until a person says that nothing is missing.</summary>
static class LostFolders
{
    /// <summary>Makes a folder of a store where it is missing.</summary>
    public static void MakeAgain(string folder, StoreLayout layout, Disk disk, WriteSession session)
    {
        if (Directory.Exists(folder))
            return;
        // The mark first: a kill in between must not leave a folder without it.
        if (Needing(layout).Contains(folder) && !File.Exists(layout.LostOf(folder)))
        {
            disk.MakeFolder(layout.Lost);
            var temporary = session.NewFile();
            disk.Write(temporary, []);
            disk.Replace(temporary, layout.LostOf(folder));
            disk.Sync([], [layout.Lost]);
        }
        disk.MakeFolder(folder);
        disk.Sync([], [layout.Folder]);
    }

    /// <summary>Why nothing may be collected; empty where all is known.</summary>
    public static ImmutableArray<string> Why(StoreLayout layout, GarbagePolicy policy) =>
    [
        .. Needing(layout).Where(f => IsUnknown(layout, f) && !policy.Forget.Contains(NameOf(f))).Select(f => Unknown(layout, f)),
        .. new[] { layout.Derivations, layout.ResolvedFolders, layout.Listings, layout.Trees }.Where(f => !Directory.Exists(f)).Select(f =>
            $"'{NameOf(f)}' is missing, and it is not known what was in it: bring it back, or {layout.Tool.Repair} makes it again, empty"),
    ];

    static string Unknown(StoreLayout layout, string folder)
    {
        var (what, cure) = folder == layout.Roots
            ? ("what projects need", "build all projects that use the store")
            : ("what is pinned", "pin again what is to stay");
        return $"'{NameOf(folder)}' {(Directory.Exists(folder) ? "was lost and made again" : "is missing")}, so it is not known {what}: "
            + $"bring it back, or {cure}; then {layout.Tool.Of($"gc --forget {NameOf(folder)}")}";
    }

    /// <summary>True of the name of a folder that was lost, and of which no person said that nothing is missing.</summary>
    public static bool IsUnknown(StoreLayout layout, string name)
    {
        var folder = Needing(layout).FirstOrDefault(f => NameOf(f) == NameOf(name));
        return folder is not null
            && (!Directory.Exists(folder) || Files.Facts(layout.LostOf(folder)) is { Kind: FileKind.File, Size: 0 });
    }

    /// <summary>A person said that nothing is missing in these folders.</summary>
    public static void Forget(StoreLayout layout, Disk disk, IEnumerable<string> names)
    {
        foreach (var folder in Needing(layout).Where(f => names.Contains(NameOf(f))))
        {
            disk.MakeFolder(folder);
            disk.Sync([], [layout.Folder]);
            if (IsUnknown(layout, folder))
                disk.Delete(layout.LostOf(folder));
        }
    }

    // Folders that say what is needed.
    static IEnumerable<string> Needing(StoreLayout layout) => [layout.Roots, layout.Pins];

    static string NameOf(string folder) => Path.GetFileName(folder);
}

using System.Collections.Immutable;

namespace Lightnix.Storage;

/// <summary>
/// Folders of a store that went missing, as in a copy that was not finished. Those that say what is needed, <c>roots</c> and <c>pins</c>, are made again
/// together with a mark in <c>lost/</c>: an empty folder would say that nothing is needed, and nothing is collected until a person says so.
/// </summary>
static class LostFolders
{
    /// <summary>Makes a folder of a store where there is none.</summary>
    public static void MakeAgain(string folder, StoreLayout layout, Disk disk, WriteSession session)
    {
        if (Directory.Exists(folder))
            return;
        // The mark first: whoever is killed in between leaves no folder without it.
        if (SayWhatIsNeeded(layout).Contains(folder) && !File.Exists(layout.LostOf(folder)))
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

    /// <summary>Why nothing may be collected; nothing where all is known.</summary>
    public static ImmutableArray<string> Why(StoreLayout layout, GarbagePolicy policy) =>
    [
        .. SayWhatIsNeeded(layout).Where(f => IsUnknown(layout, f) && !policy.Forget.Contains(NameOf(f))).Select(folder =>
            $"'{NameOf(folder)}' {(Directory.Exists(folder) ? "was lost and made again" : "is missing")}, so nobody knows {(folder == layout.Roots ? "what projects need" : "what is pinned")}: "
            + $"bring it back, or {(folder == layout.Roots ? "build all projects that use the store" : "pin again what is to stay")}; then {layout.Tool.Of($"gc --forget {NameOf(folder)}")}"),
        .. new[] { layout.Derivations, layout.ResolvedFolders, layout.Listings, layout.Trees }.Where(f => !Directory.Exists(f)).Select(folder =>
            $"'{NameOf(folder)}' is missing, and nobody knows what was in it: bring it back, or {layout.Tool.Repair} makes it again, empty"),
    ];

    /// <summary>True of the name of a folder that was lost, and of which a person may say that nothing is missing.</summary>
    public static bool IsUnknown(StoreLayout layout, string name) => SayWhatIsNeeded(layout).FirstOrDefault(f => NameOf(f) == NameOf(name)) is { } folder
        && (!Directory.Exists(folder) || Files.Facts(layout.LostOf(folder)) is { Kind: FileKind.File, Size: 0 });

    /// <summary>A person said that nothing is missing in a folder.</summary>
    public static void Forget(StoreLayout layout, Disk disk, IEnumerable<string> names)
    {
        foreach (var folder in SayWhatIsNeeded(layout).Where(f => names.Contains(NameOf(f))))
        {
            disk.MakeFolder(folder);
            disk.Sync([], [layout.Folder]);
            if (IsUnknown(layout, folder))
                disk.Delete(layout.LostOf(folder));
        }
    }

    static IEnumerable<string> SayWhatIsNeeded(StoreLayout layout) => [layout.Roots, layout.Pins];

    static string NameOf(string folder) => Path.GetFileName(folder);
}

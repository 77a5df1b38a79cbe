namespace Lightnix.Storage;

/// <summary>Inputs of one run that a sandbox mounts from the store, read-only, where a copy would take longer. A builder must read the same
/// from a mount as from a copy. Equal files of the store are one inode, and an archiver would write the second as a link to the first, so
/// the second is copied.</summary>
/// <param name="aside">For those copies; outside the working folder. Absolute.</param>
/// <param name="keep">Notes that a tree is needed for as long as its session lives; false where it is missing.</param>
sealed class InputMounts(string aside, Func<Reference<Tree>, bool> keep)
{
    // In bytes that could be copied in the same time. Each mount makes the next one slower, because bubblewrap reads the table of all.
    const long First = 256 * 1024, More = 8 * 1024, AFile = 64 * 1024;

    /// <summary>All stand in one command line.</summary>
    const int Most = 1000;

    /// <summary>With more that would need a copy, everything is copied.</summary>
    const int MostRepeats = 16;

    readonly HashSet<(Digest Content, bool Executable)> _shown = [];
    readonly List<(string From, RelativePath At)> _all = [];

    /// <summary>Stored files and folders (absolute), and where below <c>in/</c> they are seen. Later ones cover parts of earlier
    /// ones.</summary>
    public IReadOnlyList<(string From, RelativePath At)> All => _all;

    /// <summary>Shows a file or folder of a tree, if that is the shorter way.</summary>
    /// <param name="files">All files of it.</param>
    /// <param name="repeats">Those that must be shown as copies, and where from: they have yet to be made.</param>
    public bool TryAdd(
        Tree tree,
        string from,
        RelativePath at,
        IReadOnlyCollection<(TreeEntry.File File, RelativePath At)> files,
        out List<(TreeEntry.File File, string Copy)> repeats)
    {
        repeats = [];
        if (_all.Count >= Most || files.Sum(f => f.File.Size + AFile) < First + (More * _all.Count) || !keep(tree.Reference))
            return false;
        var seen = new HashSet<(Digest, bool)>(_shown);
        var covered = files.Where(f => !seen.Add((f.File.Content, f.File.Executable))).ToList();
        if (covered.Count > MostRepeats || covered.Count == files.Count)
            return false;
        _shown.UnionWith(seen);
        _all.Add((from, at));
        foreach (var (file, place) in covered)
        {
            var copy = Path.Combine(aside, _all.Count.ToString(CultureInfo.InvariantCulture));
            repeats.Add((file, copy));
            _all.Add((copy, place));
        }
        return true;
    }
}

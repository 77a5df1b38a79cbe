namespace Lightnix.Storage;

/// <summary>Looks at every byte, name, mode and time in a store. Changes nothing. Other processes may add to the store meanwhile.</summary>
/// <param name="progress">Gets how many bytes were read, and of how many.</param>
sealed class Verification(StoreLayout layout, Action<long, long>? progress = null)
{
    readonly List<Damage> _found = [];
    readonly Dictionary<(ulong Device, ulong Inode), Digest> _digests = [];
    long _read, _all;

    string RepairCure => layout.Tool.Repair;

    /// <summary>The cure for what is no part of a store.</summary>
    public static string ExtraCure(StoreLayout layout) => $"{layout.Tool.Repair}, which moves it to lost/; or move it away";

    public List<Damage> Run()
    {
        _all = progress is null ? 0 : Size(layout.Contents) + Size(layout.Logs);
        var own = layout.Known.Select(Path.GetFileName).Append(Path.GetFileName(layout.FormatFile)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Names(layout.Folder).Where(n => !own.Contains(n)))
            Extra(Path.Combine(layout.Folder, name));
        Folders();
        _ = Read(layout.FormatFile, repair => repair.Unlink(layout.FormatFile));
        Records();
        Listings();
        Trees();
        Contents(layout.Contents, executables: true);
        Contents(layout.Logs, executables: false);
        new RootVerification(layout, Report).Run();
        Builds();
        return [.. _found.OrderBy(d => d.Place, StringComparer.Ordinal)];
    }

    // All others are made when they are needed.
    void Folders()
    {
        string[] folders =
        [
            layout.Derivations, layout.ResolvedFolders, layout.Listings, layout.Trees,
            layout.Contents, layout.Logs, layout.Roots, layout.Pins,
        ];
        foreach (var folder in folders.Where(f => !Directory.Exists(f)))
            Report(folder, "is missing, and it is not known what was in it", repair => repair.Folder(folder));
    }

    void Records()
    {
        foreach (var name in Names(layout.Derivations))
        {
            var path = Path.Combine(layout.Derivations, name);
            if (StoreLayout.DigestIn(name, "", StoreLayout.RecordSuffix) is { } digest)
                Record<Derivation>(path, digest);
            else
                Extra(path);
        }
        foreach (var name in Names(layout.ResolvedFolders))
        {
            if (Reference<Resolved>.TryParse(name, out var resolved) && Files.Facts(layout.FolderOf(resolved))?.Kind == FileKind.Folder)
                new ResolvedVerification(layout, this, resolved).Run();
            else
                Extra(Path.Combine(layout.ResolvedFolders, name));
        }
    }

    void Listings()
    {
        foreach (var name in Names(layout.Listings))
        {
            var path = Path.Combine(layout.Listings, name);
            if (!Reference<Tree>.TryParse(name, out var tree))
                Extra(path);
            else if (Read(path, repair => repair.Listing(tree)) is { } bytes && (Digest.Of(bytes) != tree.Digest || !IsListing(bytes)))
                Report(path, $"has the SHA-256 {Digest.Of(bytes)}, or is no listing", repair => repair.Listing(tree));
        }
    }

    void Builds()
    {
        if (File.Exists(layout.Builds))
            Extra(layout.Builds);
        foreach (var project in Names(layout.Builds))
        {
            var folder = Path.Combine(layout.Builds, project);
            if (!Digest.TryParse(project, out _) || Files.Facts(folder)?.Kind != FileKind.Folder)
            {
                Extra(folder);
                continue;
            }
            foreach (var name in Names(folder))
            {
                var path = Path.Combine(folder, name);
                if (PastBuilds.DigestIn(name) is { } digest)
                    Record<PastBuild>(path, digest);
                else
                    Extra(path);
            }
        }
    }

    static bool IsListing(byte[] bytes)
    {
        try
        {
            return Tree.Parse(bytes) is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // The next session sweeps unfinished trees.
    void Trees()
    {
        foreach (var name in Names(layout.Trees).Where(n => !SessionNames.IsUnfinishedTree(n)))
        {
            var path = Path.Combine(layout.Trees, name);
            if (!Reference<Tree>.TryParse(name, out var tree))
                Extra(path);
            else if (IntactCopies.Listing(layout, tree) is { } listing)
                new TreeVerification(path, listing, Hash, Inside(path, tree)).Run();
            else if (!File.Exists(layout.ListingOf(tree)))
                Report(layout.ListingOf(tree), "is missing", repair => repair.Listing(tree));
        }
    }

    Action<string, string> Inside(string folder, Reference<Tree> tree) => (path, problem) =>
        Report(new(Relative(path), problem, RepairCure) { Subject = folder, Mend = repair => repair.Tree(tree) });

    void Contents(string top, bool executables)
    {
        foreach (var prefix in Names(top))
        {
            var folder = Path.Combine(top, prefix);
            if (Files.Facts(folder)?.Kind != FileKind.Folder || prefix.Length != 2 || !prefix.All(char.IsAsciiHexDigitLower))
            {
                Extra(folder);
                continue;
            }
            foreach (var name in Names(folder))
            {
                var path = Path.Combine(folder, name);
                var executable = executables && name.EndsWith(".x", StringComparison.Ordinal);
                if (Digest.TryParse(executable ? name[..^2] : name, out var digest) && name.StartsWith(prefix, StringComparison.Ordinal))
                    Content(path, digest, executable, executables);
                else
                    Extra(path);
            }
        }
    }

    void Content(string path, Digest digest, bool executable, bool shared)
    {
        Func<Repair, string?> mend = shared ? repair => repair.Content(digest, executable) : repair => repair.Log(path, digest);
        if (Files.Facts(path) is not { } facts)
            return;
        var found = facts.Kind == FileKind.File ? Hash(path, facts) : null;
        if (found is null)
            Report(path, "is no file that can be read", mend);
        else if (found != digest)
            Report(path, $"has the SHA-256 {found}", mend);
        else if (!StoredContent.LooksSound(facts, digest, facts.Size, executable) || !StoredContent.HasMode(facts, executable))
            Report(path, TreeVerification.OtherModeOrTime, mend);
    }

    /// <summary>A record of that kind whose bytes are what its name says; null where it is not, which is reported.</summary>
    public T? Record<T>(string path, Digest expected) where T : class, IRecord<T>
    {
        Func<Repair, string?> mend = repair => repair.Record(path);
        if (Read(path, mend) is not { } bytes)
            return null;
        try
        {
            if (Digest.Of(bytes) is var found && found == expected)
                return RecordBytes.Parse<T>(bytes);
            Report(path, $"has the SHA-256 {found}", mend);
        }
        catch (FormatException e)
        {
            Report(path, $"cannot be read: {e.Message}", mend);
        }
        return null;
    }

    // Also reports what cannot be read, and what has another mode.
    byte[]? Read(string path, Func<Repair, string?> mend)
    {
        try
        {
            if (Files.Facts(path) is not { } facts)
                return null;
            if (facts.Kind == FileKind.File)
            {
                if (Files.TryRead(path) is not { } bytes)
                    return null;
                if (!FileModes.Are(facts, Disk.ReadOnly))
                    Report(OtherMode(layout, path));
                return bytes;
            }
            Report(path, "is no file", mend);
        }
        catch (IOException e)
        {
            Report(path, $"cannot be read: {e.Message}", mend);
        }
        return null;
    }

    public static Damage OtherMode(StoreLayout layout, string path)
    {
        var damage = new Damage(layout.Relative(path), TreeVerification.OtherMode, layout.Tool.Repair);
        return damage with { Subject = path + " mode", Mend = repair => repair.Mode(path) };
    }

    // Nearly all files of trees are other names of these. Where they are not, there is more to read than this.
    static long Size(string top)
    {
        var folders = Files.Names(top).Select(n => Path.Combine(top, n));
        return folders.Sum(folder => Files.Names(folder).Sum(n => Files.Facts(Path.Combine(folder, n))?.Size ?? 0));
    }

    void Advance(long bytes)
    {
        _read += bytes;
        progress!(_read, _all = Math.Max(_read, _all));
    }

    // A file that many trees share is read once. Null: it cannot be read.
    Digest? Hash(string path, FileFacts facts)
    {
        var inode = facts.Inode is { } i ? (i.Device, i.Number) : default;
        if (facts.Inode is not null && _digests.TryGetValue(inode, out var known))
            return known;
        try
        {
            using var file = Files.OpenForReading(path);
            if (file is null)
                return null;
            var digest = Files.Digest(file, progress is null ? null : Advance).Digest;
            if (facts.Inode is not null)
                _digests[inode] = digest;
            return digest;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reports something that another record needs and that is missing, unless a repair gave it up.</summary>
    public void Missing(string path, string needed, Func<Repair, string?> mend)
    {
        if (Files.Facts(path) is null && Files.Facts(layout.LostOf(path)) is null)
            Report(path, $"is missing: {needed}", mend);
    }

    public void Extra(string path) =>
        Report(new(Relative(path), "is no part of a store", ExtraCure(layout)) { Mend = repair => repair.Extra(path) });

    // Builders choose the names in their trees.
    public void Report(Damage damage) =>
        _found.Add(damage with { Place = Visible.Text(damage.Place), Problem = Visible.Text(damage.Problem) });

    public void Report(string path, string problem, Func<Repair, string?> mend) =>
        Report(new(Relative(path), problem, RepairCure) { Mend = mend });

    public string Relative(string path) => layout.Relative(path);

    IEnumerable<string> Names(string folder)
    {
        try
        {
            var all = Files.AllNames(folder) ?? [];
            foreach (var (_, bytes) in all.Where(n => n.Name is null))
            {
                var place = Relative(folder) + "/" + Convert.ToHexStringLower(bytes);
                Report(new(place, "has a name that is not UTF-8 (here in hexadecimal)", "delete it"));
            }
            return all.Select(n => n.Name).OfType<string>().Order(StringComparer.Ordinal);
        }
        catch (IOException e)
        {
            Report(new(Relative(folder), $"cannot be read: {e.Message}", "make it readable: chmod u+rwx"));
            return [];
        }
    }
}

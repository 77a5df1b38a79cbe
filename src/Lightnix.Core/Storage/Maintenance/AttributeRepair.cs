namespace Lightnix.Storage;

/// <summary>Corrects what a copy or a hand did to a tree without changing its contents: modes, times, and empty folders that were lost.
/// Whatever does not look as it was stored is read, and the contents decide.</summary>
/// <param name="disk">Null: nothing is changed.</param>
sealed class AttributeRepair(Disk? disk, string folder, Tree listing, CancellationToken cancellationToken = default)
{
    const int Writable = 0x92;

    readonly Dictionary<string, TreeEntry.File> _files =
        listing.Entries.OfType<TreeEntry.File>().ToDictionary(f => f.Path.Under(folder), StringComparer.Ordinal);
    readonly HashSet<string> _strange = new(StringComparer.Ordinal);
    // What took the place of a folder, and all folders below: a link there leads out of the store, where nothing may change.
    readonly HashSet<string> _elsewhere = new(StringComparer.Ordinal);
    (string Path, string Problem)? _found;

    /// <returns>The first thing that is wrong and stays so, absolute, and how; null where all is what was stored.</returns>
    /// <param name="everyByte">Reads all of it, whatever it looks like.</param>
    public (string Path, string Problem)? Run(bool everyByte)
    {
        try
        {
            var folders = Folders();
            foreach (var path in folders)
                CorrectFolder(path);
            foreach (var (path, file) in _files.Where(f => !IsElsewhere(f.Key)))
                CorrectMode(path, Files.Facts(path), StoredContent.ModeOf(file.Executable));
            new TreeVerification(folder, listing, DigestOf, Report).Run();
            if (_found is null)
                CorrectTimes(folders);
            return _found;
        }
        catch (IOException e)
        {
            return (folder, $"cannot be read: {e.Message}");
        }

        Hashing.Digest? DigestOf(string path, FileFacts facts)
        {
            var file = _files[path];
            var isSound = StoredContent.LooksSound(facts, file.Content, file.Size, file.Executable);
            return everyByte || _strange.Contains(path) || !isSound ? Files.DigestOf(path, cancellationToken) : file.Content;
        }
    }

    // Parents first.
    List<string> Folders()
    {
        var folders = new HashSet<RelativePath> { RelativePath.Root };
        foreach (var entry in listing.Entries)
        {
            for (var at = entry is TreeEntry.EmptyFolder ? entry.Path : entry.Path.Parent; !at.IsRoot && folders.Add(at);)
                at = at.Parent;
        }
        return [.. folders.Select(f => f.Under(folder)).OrderBy(f => f.Length)];
    }

    bool IsElsewhere(string path) => _elsewhere.Contains(path) || _elsewhere.Contains(Path.GetDirectoryName(path)!);

    void CorrectFolder(string path)
    {
        var facts = IsElsewhere(path) ? null : Files.Facts(path);
        if (IsElsewhere(path) || facts is { Kind: not FileKind.Folder })
            _elsewhere.Add(path);
        else
            CorrectMode(path, facts, Disk.ReadOnlyExecutable);
    }

    void CorrectMode(string path, FileFacts? facts, int mode)
    {
        if (!FileModes.Exist || facts is not { Kind: FileKind.File or FileKind.Folder } || (facts.Mode & ~FileFacts.SetGroup) == mode)
            return;
        _strange.Add(path);
        if (Try(d => d.SetMode(path, mode | (facts.Mode & FileFacts.SetGroup))) is { } why && (facts.Mode & Writable) != 0)
        {
            _found ??= (path, $"has the mode {Octal(facts.Mode)}, not {Octal(mode)}, and it cannot be put right ({why}): "
                + $"its owner or root can, with 'chmod {Octal(mode)}'");
        }
    }

    // Modes and times are corrected, or are tolerated where they cannot be.
    void Report(string path, string problem)
    {
        if (problem is TreeVerification.OtherMode or TreeVerification.OtherTime or TreeVerification.OtherModeOrTime)
            return;
        var lost = problem == TreeVerification.IsMissing
            ? listing.Entries.OfType<TreeEntry.EmptyFolder>().FirstOrDefault(e => e.Path.Under(folder) == path)
            : null;
        if (lost is null || !TryMake(lost.Path))
            _found ??= (path, problem);
    }

    // A copy may have lost empty folders.
    bool TryMake(RelativePath path)
    {
        if (IsElsewhere(path.Under(folder)))
            return false;
        if (disk is null)
            return true;
        var parent = path.Parent.Under(folder);
        if (!path.Parent.IsRoot && Files.Facts(parent) is null && !TryMake(path.Parent))
            return false;
        var problem = Try(d =>
        {
            d.SetMode(parent, Disk.WritableFolder);
            d.MakeFolder(path.Under(folder));
        });
        Try(d => d.SetMode(path.Under(folder), Disk.ReadOnlyExecutable));
        Try(d => d.SetMode(parent, Disk.ReadOnlyExecutable));
        return problem is null;
    }

    void CorrectTimes(List<string> folders)
    {
        foreach (var (path, file) in _files)
            CorrectTime(path, ContentTime.Of(file.Content));
        foreach (var link in listing.Entries.OfType<TreeEntry.Link>())
            CorrectTime(link.Path.Under(folder), ContentTime.Fixed);
        foreach (var path in folders.AsEnumerable().Reverse())
            CorrectTime(path, ContentTime.Fixed);
    }

    void CorrectTime(string path, long time)
    {
        if (Files.Facts(path) is { } facts && facts.Modified != time * 1_000_000_000)
            Try(d => d.SetTime(path, time));
    }

    // Null: it was done, or nothing may be.
    string? Try(Action<Disk> change)
    {
        try
        {
            if (disk is not null)
                change(disk);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    static string Octal(int mode) => Convert.ToString(mode & 0xFFF, 8).PadLeft(4, '0').TrimStart('0') is { Length: > 0 } text ? text : "0";
}

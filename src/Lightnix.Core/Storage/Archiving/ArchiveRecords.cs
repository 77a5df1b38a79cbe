namespace Lightnix.Storage;

/// <summary>The records of an archive, each verified and parsed.</summary>
sealed class ArchiveRecords
{
    readonly SortedDictionary<string, byte[]> _bytes = new(StringComparer.Ordinal);
    readonly Dictionary<Digest, long?> _contents = [];

    public Dictionary<Reference<Derivation>, Derivation> Derivations { get; } = [];
    public Dictionary<Reference<Resolved>, Resolved> Resolved { get; } = [];
    public Dictionary<Reference<Tree>, Tree> Listings { get; } = [];
    public Dictionary<Reference<Realization>, Realization> Realizations { get; } = [];

    /// <summary>By their reference; adopted ones too.</summary>
    public Dictionary<Reference<Run>, Run> Runs { get; } = [];

    public List<(ArchivedName Name, Rejection Rejection)> Rejections { get; } = [];
    public List<(ArchivedName Name, Note Note)> Notes { get; } = [];

    /// <summary>The unpacked file of each log, absolute.</summary>
    public Dictionary<Digest, string> Logs { get; } = [];

    /// <summary>The bytes of all but logs, by names in the archive.</summary>
    public IReadOnlyDictionary<string, byte[]> Bytes => _bytes;

    /// <summary>Sizes of contents that records name; null: only sources name it, and its size is not known.</summary>
    public IReadOnlyDictionary<Digest, long?> Contents => _contents;

    /// <exception cref="FormatException">The bytes are no record of this kind, or it belongs elsewhere.</exception>
    public void Add(ArchivedName name, byte[] bytes)
    {
        switch (name.Kind)
        {
            case ArchivedName.Derivation:
                var derivation = Canonical<Derivation>(bytes);
                Derivations.Add(new(name.Digest), derivation);
                foreach (var source in derivation.Sources)
                    _contents.TryAdd(source.Content, null);
                break;
            case ArchivedName.Resolved:
                Resolved.Add(new(name.Digest), Canonical<Resolved>(bytes));
                break;
            case ArchivedName.Listing:
                AddListing(Tree.Parse(bytes));
                break;
            case ArchivedName.Realization:
                var realization = RecordBytes.Parse<Realization>(bytes);
                CheckPlace(realization.Resolved == name.Of);
                Realizations.Add(new(name.Digest), realization);
                break;
            case ArchivedName.Run or ArchivedName.Adoption:
                var run = RecordBytes.Parse<Run>(bytes);
                CheckPlace(run.Facts.Resolved == name.Of && run.Adopted is null == (name.Kind == ArchivedName.Run));
                Runs.Add(new(name.Digest), run);
                break;
            case ArchivedName.Rejection:
                Rejections.Add((name, RecordBytes.Parse<Rejection>(bytes)));
                break;
            case ArchivedName.Note:
                Notes.Add((name, RecordBytes.Parse<Note>(bytes)));
                break;
            default:
                throw new FormatException("it is no record");
        }
        _bytes.Add(name.ToString(), bytes);
    }

    void AddListing(Tree tree)
    {
        CheckLinks(tree);
        if (tree.Entries.FirstOrDefault(e => Encoding.UTF8.GetByteCount(e.Path.ToString()) > PathLimits.Longest) is { } entry)
            throw new FormatException($"its path '{Visible.Short(entry.Path.ToString())}' is longer than a store takes");
        Listings.Add(tree.Reference, tree);
        foreach (var file in tree.Entries.OfType<TreeEntry.File>())
        {
            if (_contents.TryGetValue(file.Content, out var size) && size is not null && size != file.Size)
                throw new FormatException($"two sizes are given for the content {file.Content.Short}");
            _contents[file.Content] = file.Size;
        }
    }

    // A tree of another store must hold nothing that this one would refuse.
    static void CheckLinks(Tree tree)
    {
        var links = tree.Entries.OfType<TreeEntry.Link>().ToDictionary(l => l.Path, l => l.Target);
        foreach (var (path, target) in links)
        {
            if (target.Length == 0 || target.StartsWith('/') || target.Contains('\0', StringComparison.Ordinal)
                || LinkFollower.Follow(path, links.GetValueOrDefault).Escapes)
                throw new FormatException($"its link '{Visible.Short(path.ToString())}' leads out of the tree");
        }
    }

    static void CheckPlace(bool isRight)
    {
        if (!isRight)
            throw new FormatException(RecordStore.Misplaced);
    }

    // A store writes these again from what was read.
    static T Canonical<T>(byte[] bytes) where T : class, IRecord<T>
    {
        var record = RecordBytes.Parse<T>(bytes);
        return record.ToBytes().AsSpan().SequenceEqual(bytes) ? record
            : throw new FormatException("it has members that this Lightnix does not know");
    }
}

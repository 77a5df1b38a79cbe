namespace Lightnix.Storage;

/// <summary>Derivations, resolved derivations, realizations, runs, failures, rejections, notes and logs: added, never edited.</summary>
public sealed class RecordStore
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Func<WriteSession> _session;

    internal RecordStore(StoreLayout layout, Disk disk, Func<WriteSession> session) => (_layout, _disk, _session) = (layout, disk, session);

    public void Add(Derivation derivation) => Add([derivation]);

    /// <summary>Adds several derivations at once, which costs hardly more than adding one. Notes a use of those that are there.</summary>
    public void Add(IEnumerable<Derivation> derivations)
    {
        var all = derivations.Select(d => d.ToBytes()).Select(bytes => (Digest: Digest.Of(bytes), Bytes: bytes)).ToList();
        if (all.Count > 0)
            _session().Keep(all.Select(d => d.Digest));
        var named = new List<(string Temporary, string Path)>();
        foreach (var (digest, bytes) in all)
        {
            var path = _layout.Of(new Reference<Derivation>(digest));
            if (!LastUse.Note(path, _disk))
                Write(named, path, bytes);
        }
        Name(named);
    }

    /// <summary>Notes, to the hour, that a derivation was used until now.</summary>
    public void Use(Reference<Derivation> derivation) => LastUse.Note(_layout.Of(derivation), _disk);

    /// <summary>Adds a resolved derivation: its folder appears with the record in it.</summary>
    public void Add(Resolved resolved)
    {
        var bytes = resolved.ToBytes();
        var reference = new Reference<Resolved>(Digest.Of(bytes));
        _session().Keep([reference.Digest]);
        if (File.Exists(_layout.Of(reference)))
            return;
        var folder = _session().NewFile();
        _disk.MakeFolder(folder);
        var file = Path.Combine(folder, Path.GetFileName(_layout.Of(reference)));
        _disk.Write(file, bytes);
        _disk.Sync([file], [folder]);
        _disk.MakeFolderFor(_layout.FolderOf(reference));
        if (!_disk.TryRenameFolder(folder, _layout.FolderOf(reference)))
        {
            // Another process made it in this instant. Or the record was damaged and moved away: then it is put back.
            if (!File.Exists(_layout.Of(reference)))
                _disk.Replace(file, _layout.Of(reference));
            _disk.DeleteAll(folder);
        }
        _disk.Changed(_layout.ResolvedFolders);
    }

    public Derivation? Find(Reference<Derivation> derivation) => Read<Derivation>(_layout.Of(derivation), derivation.Digest);

    public Resolved? Find(Reference<Resolved> resolved) => Read<Resolved>(_layout.Of(resolved), resolved.Digest);

    /// <summary>The realization, of any resolved derivation, whose reference begins so; null where none or several do.</summary>
    public Realization? FindRealization(string prefix)
    {
        var found = (from resolved in AllResolved()
                     from record in Files.Names(_layout.FolderOf(resolved))
                     where record.StartsWith(StoreLayout.RealizationPrefix + prefix, StringComparison.OrdinalIgnoreCase)
                     select (Resolved: resolved, Name: record)).Take(2).ToImmutableArray();
        return found is [var one] && DigestOf(one.Name, StoreLayout.RealizationPrefix) is { } digest
            ? Find(new Reference<Realization>(digest), one.Resolved) : null;
    }

    /// <summary>A realization of a resolved derivation; null where there is none.</summary>
    /// <exception cref="StoreException">LNX3001: the record is not what its name says.</exception>
    public Realization? Find(Reference<Realization> reference, Reference<Resolved> of)
    {
        var path = _layout.Of(of, StoreLayout.RealizationPrefix, reference.Digest);
        var realization = Read<Realization>(path, reference.Digest);
        return realization is null || realization.Resolved == of ? realization : throw Damaged(path, Misplaced);
    }

    /// <summary>What is wrong with a record in the folder of another resolved derivation.</summary>
    internal const string Misplaced = "belongs to another resolved derivation";

    /// <summary>All that is known of a resolved derivation, sorted by reference. Other processes may add to it meanwhile.</summary>
    /// <exception cref="StoreException">LNX3001: a record is not what its name says.</exception>
    public History History(Reference<Resolved> resolved)
    {
        var folder = _layout.FolderOf(resolved);
        var names = Files.Names(folder).Order(StringComparer.Ordinal).ToImmutableArray();
        return names.Length < 2
            ? Model.History.Empty
            : new(
                Runs(folder, names, resolved),
                All<Failure>(folder, names, StoreLayout.FailurePrefix, f => f.Facts.Resolved == resolved),
                All<Rejection>(folder, names, StoreLayout.RejectionPrefix, _ => true))
            {
                Notes = All<Note>(folder, names, StoreLayout.NotePrefix, _ => true),
            };
    }

    /// <summary>Adds a completed run and its realization. Its tree, log, derivation and resolved derivation must be stored.</summary>
    public void Add(Run run)
    {
        Keep(run.Facts, run.Tree.Digest);
        Require(_layout.Of(run.Facts.Resolved), _layout.Of(run.Facts.Derivation), _layout.ListingOf(run.Tree), LogOf(run.Facts));
        // What was adopted may have been collected; it counts all the same.
        if (run.Adopted is null && !Directory.Exists(_layout.FolderOf(run.Tree)))
            throw new InvalidOperationException($"the run's tree {run.Tree} is not in the store");
        var realization = new Realization(run.Facts.Resolved, run.Tree);
        AddTo(run.Facts.Resolved, (StoreLayout.RealizationPrefix, realization.ToBytes()), (StoreLayout.PrefixOf(run), run.ToBytes()));
    }

    /// <summary>Keeps what an adopted run names, as long as this session lives; false where something of it is missing.</summary>
    public bool TryKeep(Run adopted)
    {
        Keep(adopted.Facts, adopted.Tree.Digest);
        return new[] { _layout.ListingOf(adopted.Tree), LogOf(adopted.Facts) }.OfType<string>().All(File.Exists);
    }

    public void Add(Failure failure)
    {
        Keep(failure.Facts);
        Require(_layout.Of(failure.Facts.Resolved), _layout.Of(failure.Facts.Derivation), LogOf(failure.Facts));
        AddTo(failure.Facts.Resolved, (StoreLayout.FailurePrefix, failure.ToBytes()));
    }

    /// <exception cref="InvalidOperationException">The store does not have the realization.</exception>
    public void Add(Rejection rejection) => AddTo(
        FindFolder(rejection.Realization) ?? throw new InvalidOperationException($"the store has no realization {rejection.Realization}"),
        (StoreLayout.RejectionPrefix, rejection.ToBytes()));

    /// <summary>Deletes every rejection of a realization; false where there is none.</summary>
    public bool RemoveRejections(Realization realization)
    {
        var folder = _layout.FolderOf(realization.Resolved);
        var mine = Files.Names(folder).Where(n => n.StartsWith(StoreLayout.RejectionPrefix, StringComparison.Ordinal))
            .Select(n => Path.Combine(folder, n))
            .Where(file => RecordFile.TryRead<Rejection>(file)?.Realization == realization.Reference()).ToList();
        foreach (var file in mine)
            _disk.Delete(file);
        if (mine.Count > 0)
            _disk.Sync([], [folder]);
        return mine.Count > 0;
    }

    /// <summary>Stores a builder's log; null where the file is empty or missing.</summary>
    public Reference<Log>? TakeLog(string file, CancellationToken cancellationToken = default)
    {
        // Most builders print nothing.
        if (Files.Facts(file) is not { Size: > 0 })
            return null;
        var copy = _session().NewFile();
        if (_disk.Copy(file, copy, cancellationToken: cancellationToken) is not ({ } digest, var size))
            return null;
        var log = new Reference<Log>(digest);
        var path = _layout.Of(log);
        _session().Keep([digest]);
        if (size == 0 || File.Exists(path))
        {
            _disk.Delete(copy);
            return size == 0 ? null : log;
        }
        _disk.SetTime(copy, ContentTime.Of(digest));
        _disk.SetMode(copy, Disk.ReadOnly);
        Name([(copy, path)]);
        return log;
    }

    /// <summary>The absolute path of a log.</summary>
    public string FileOf(Reference<Log> log) => _layout.Of(log);

    /// <summary>Keeps all that is known of a resolved derivation while this session lives, and restores what a repair moved away.</summary>
    public void Keep(Resolved resolved, Reference<Resolved> reference)
    {
        _session().Keep([reference.Digest]);
        Heal(resolved, reference);
    }

    /// <summary>
    /// Notes a use of a resolved derivation, to the hour, in the time of its record. Writes the record again where its folder is there
    /// without it.
    /// </summary>
    public void Heal(Resolved resolved, Reference<Resolved> reference)
    {
        if (!LastUse.Note(_layout.Of(reference), _disk) && Directory.Exists(_layout.FolderOf(reference)))
            Add(resolved);
    }

    public bool Contains(Reference<Derivation> derivation) => File.Exists(_layout.Of(derivation));

    void Keep(RunFacts facts, Digest? tree = null) =>
        _session().Keep(new[] { facts.Resolved.Digest, facts.Derivation.Digest, facts.Log?.Digest, tree }.OfType<Digest>());

    string? LogOf(RunFacts facts) => facts.Log is { } log ? _layout.Of(log) : null;

    // All records are written and synced before any gets its name, the run last: a run is visible only when all that it names is durable.
    void AddTo(Reference<Resolved> resolved, params ReadOnlySpan<(string Prefix, byte[] Bytes)> records)
    {
        var named = new List<(string Temporary, string Path)>();
        foreach (var (prefix, bytes) in records)
            Write(named, _layout.Of(resolved, prefix, Digest.Of(bytes)), bytes);
        if (named.Count == 0)
            return;
        _disk.Settle([.. named.Select(n => n.Temporary)]);
        foreach (var (temporary, path) in named)
            _disk.Replace(temporary, path);
        _disk.Sync([], [_layout.FolderOf(resolved)]);
    }

    void Write(List<(string Temporary, string Path)> named, string path, byte[] bytes)
    {
        if (File.Exists(path))
            return;
        var temporary = _session().NewFile();
        named.Add((temporary, path));
        _disk.Write(temporary, bytes);
    }

    void Name(List<(string Temporary, string Path)> named)
    {
        if (named.Count > 0)
            _disk.Sync([.. named.Select(n => n.Temporary)], []);
        foreach (var (temporary, path) in named)
        {
            _disk.MakeFolderFor(path);
            _disk.Replace(temporary, path);
            _disk.Changed(Path.GetDirectoryName(path)!);
        }
    }

    // Adoptions that were withdrawn do not count.
    ImmutableArray<Run> Runs(string folder, ImmutableArray<string> names, Reference<Resolved> resolved)
    {
        var runs = All<Run>(folder, names, StoreLayout.RunPrefix, r => r.Facts.Resolved == resolved);
        var adopted = All<Run>(folder, names, StoreLayout.AdoptionPrefix, r => r.Facts.Resolved == resolved);
        if (adopted.IsEmpty)
            return runs;
        var withdrawn = All<Withdrawal>(folder, names, StoreLayout.WithdrawalPrefix, _ => true).Select(w => w.Adoption).ToHashSet();
        return [.. runs, .. adopted.Where(a => !withdrawn.Contains(a.Reference()))];
    }

    /// <summary>Takes an adoption back.</summary>
    public void Withdraw(Run adopted, string who, DateTimeOffset now) => AddTo(adopted.Facts.Resolved,
        (StoreLayout.WithdrawalPrefix, new Withdrawal(adopted.Reference(), who, now).ToBytes()));

    /// <summary>Adds a remark about a run or a failure of a resolved derivation.</summary>
    public void Add(Note note, Reference<Resolved> of) => AddTo(of, (StoreLayout.NotePrefix, note.ToBytes()));

    IEnumerable<Reference<Resolved>> AllResolved() => Files.Names(_layout.ResolvedFolders)
        .Select(n => Reference<Resolved>.TryParse(n, out var resolved) ? resolved : null).OfType<Reference<Resolved>>();

    Reference<Resolved>? FindFolder(Reference<Realization> realization) =>
        AllResolved().FirstOrDefault(r => File.Exists(_layout.Of(r, StoreLayout.RealizationPrefix, realization.Digest)));

    // A name that holds the digest of its bytes does not prove that the record belongs to the folder.
    ImmutableArray<T> All<T>(string folder, ImmutableArray<string> names, string prefix, Func<T, bool> belongs) where T : class, IRecord<T>
    {
        var records = ImmutableArray.CreateBuilder<T>();
        foreach (var name in names)
        {
            var path = Path.Combine(folder, name);
            // Null: deleted since the folder was read.
            if (DigestOf(name, prefix) is { } digest && Read<T>(path, digest) is { } record)
                records.Add(belongs(record) ? record : throw Damaged(path, Misplaced));
        }
        return records.ToImmutable();
    }

    static Digest? DigestOf(string name, string prefix) => StoreLayout.DigestIn(name, prefix, StoreLayout.RecordSuffix);

    T? Read<T>(string path, Digest expected) where T : class, IRecord<T>
    {
        if (Files.TryRead(path) is not { } bytes)
            return null;
        var found = Digest.Of(bytes);
        if (found != expected)
            throw Damaged(path, $"has the SHA-256 {found}");
        try
        {
            return RecordBytes.Parse<T>(bytes);
        }
        catch (FormatException e)
        {
            throw Damaged(path, $"cannot be read: {e.Message}");
        }
    }

    StoreException Damaged(string path, string why) => StorageErrors.Damaged(path, why, _layout.Tool.RepairCure);

    static void Require(params ReadOnlySpan<string?> paths)
    {
        foreach (var path in paths)
        {
            if (path is not null && !File.Exists(path))
                throw new InvalidOperationException($"a run names '{path}', which is not in the store");
        }
    }
}

using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>Derivations, resolved derivations, realizations, runs, failures, rejections and logs: added, never edited.</summary>
public sealed class RecordStore
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Func<WriteSession> _session;

    internal RecordStore(StoreLayout layout, Disk disk, Func<WriteSession> session) => (_layout, _disk, _session) = (layout, disk, session);

    public void Add(Derivation derivation) => Add([derivation]);

    /// <summary>Adds several at once, which costs hardly more than adding one.</summary>
    public void Add(IEnumerable<Derivation> derivations)
    {
        var named = new List<(string Temporary, string Path)>();
        var all = derivations.Select(d => d.ToBytes()).Select(bytes => (Digest: Digest.Of(bytes), Bytes: bytes)).ToList();
        if (all.Count > 0)
            _session().Keep(all.Select(d => d.Digest));
        foreach (var (digest, bytes) in all)
            Write(named, _layout.Of(new Reference<Derivation>(digest)), bytes);
        Name(named);
    }

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
            // Made by somebody else in this instant, or damaged and taken away: then it is put back.
            if (!File.Exists(_layout.Of(reference)))
                _disk.Replace(file, _layout.Of(reference));
            _disk.DeleteAll(folder);
        }
        _disk.Changed(_layout.ResolvedFolders);
    }

    public Derivation? Find(Reference<Derivation> derivation) => Read<Derivation>(_layout.Of(derivation), derivation.Digest);

    public Resolved? Find(Reference<Resolved> resolved) => Read<Resolved>(_layout.Of(resolved), resolved.Digest);

    /// <summary>Looks through all resolved derivations for a realization by the beginning of its reference; null where there is none, or more than one.</summary>
    public Realization? FindRealization(string prefix)
    {
        var found = (from name in Files.Names(_layout.ResolvedFolders)
                     let resolved = Reference<Resolved>.TryParse(name, out var r) ? r : null
                     where resolved is not null
                     from record in Files.Names(_layout.FolderOf(resolved))
                     where record.StartsWith(StoreLayout.RealizationPrefix + prefix, StringComparison.OrdinalIgnoreCase)
                     select (Resolved: resolved, Name: record)).Take(2).ToImmutableArray();
        return found is [var one] && Digest.TryParse(one.Name[StoreLayout.RealizationPrefix.Length..^StoreLayout.RecordSuffix.Length], out var digest)
            && Read<Realization>(_layout.Of(one.Resolved, StoreLayout.RealizationPrefix, digest), digest) is { } realization
            ? realization.Resolved == one.Resolved ? realization : throw StorageErrors.Damaged(_layout.Of(one.Resolved, StoreLayout.RealizationPrefix, digest), Misplaced, _layout.Tool.RepairCure)
            : null;
    }

    /// <summary>What is wrong with a record in the folder of another resolved derivation.</summary>
    internal const string Misplaced = "belongs to another resolved derivation";

    /// <summary>All that is known of a resolved derivation, sorted by reference. Safe beside other processes that add to it.</summary>
    /// <exception cref="StoreException">LNX3001: a record is not what its name says.</exception>
    public History History(Reference<Resolved> resolved)
    {
        var folder = _layout.FolderOf(resolved);
        var names = Files.Names(folder).Order(StringComparer.Ordinal).ToImmutableArray();
        return names.Length < 2
            ? Model.History.Empty
            : new(All<Run>(folder, names, StoreLayout.RunPrefix, r => r.Facts.Resolved == resolved), All<Failure>(folder, names, StoreLayout.FailurePrefix, f => f.Facts.Resolved == resolved), All<Rejection>(folder, names, StoreLayout.RejectionPrefix, _ => true));
    }

    /// <summary>Adds a completed run and its realization. What it refers to (tree, log, derivation, resolved) must be there already, and is synced before.</summary>
    public void Add(Run run)
    {
        Keep(run.Facts, run.Tree.Digest);
        Require(_layout.Of(run.Facts.Resolved), _layout.Of(run.Facts.Derivation), _layout.ListingOf(run.Tree), run.Facts.Log is { } log ? _layout.Of(log) : null);
        if (!Directory.Exists(_layout.FolderOf(run.Tree)))
            throw new InvalidOperationException($"the run's tree {run.Tree} is not in the store");
        AddTo(run.Facts.Resolved, (StoreLayout.RealizationPrefix, new Realization(run.Facts.Resolved, run.Tree).ToBytes()), (StoreLayout.RunPrefix, run.ToBytes()));
    }

    public void Add(Failure failure)
    {
        Keep(failure.Facts);
        Require(_layout.Of(failure.Facts.Resolved), _layout.Of(failure.Facts.Derivation), failure.Facts.Log is { } log ? _layout.Of(log) : null);
        AddTo(failure.Facts.Resolved, (StoreLayout.FailurePrefix, failure.ToBytes()));
    }

    /// <exception cref="InvalidOperationException">The store does not have the realization.</exception>
    public void Add(Rejection rejection) => AddTo(
        FindFolder(rejection.Realization) ?? throw new InvalidOperationException($"the store has no realization {rejection.Realization}"),
        (StoreLayout.RejectionPrefix, rejection.ToBytes()));

    /// <summary>Takes back every rejection of a realization; false where there is none.</summary>
    public bool RemoveRejections(Realization realization)
    {
        var folder = _layout.FolderOf(realization.Resolved);
        var mine = Files.Names(folder).Where(n => n.StartsWith(StoreLayout.RejectionPrefix, StringComparison.Ordinal)).Select(n => Path.Combine(folder, n))
            .Where(file => TryRead<Rejection>(file)?.Realization == realization.Reference()).ToList();
        foreach (var file in mine)
            _disk.Delete(file);
        if (mine.Count > 0)
            _disk.Sync([], [folder]);
        return mine.Count > 0;
    }

    /// <summary>Takes a builder's log; null where the file is empty or absent.</summary>
    public Reference<Log>? TakeLog(string file, CancellationToken cancellationToken = default)
    {
        // Most builders say nothing.
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

    void Keep(RunFacts facts, Digest? tree = null) =>
        _session().Keep(new[] { facts.Resolved.Digest, facts.Derivation.Digest, facts.Log?.Digest, tree }.OfType<Digest>());

    /// <summary>Notes that this session relies on all that is known of a resolved derivation; heals what a repair had to take away.</summary>
    public void Keep(Resolved resolved, Reference<Resolved> reference)
    {
        _session().Keep([reference.Digest]);
        Heal(resolved, reference);
    }

    /// <summary>Writes a resolved derivation again whose folder is there without it.</summary>
    public void Heal(Resolved resolved, Reference<Resolved> reference)
    {
        if (!File.Exists(_layout.Of(reference)) && Directory.Exists(_layout.FolderOf(reference)))
            Add(resolved);
    }

    public bool Contains(Reference<Derivation> derivation) => File.Exists(_layout.Of(derivation));

    // Everything is written and synced before anything gets its name, the run last: a run is shown only when all that it names is there for good.
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
        named.Add((_session().NewFile(), path));
        _disk.Write(named[^1].Temporary, bytes);
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

    Reference<Resolved>? FindFolder(Reference<Realization> realization) => Files.Names(_layout.ResolvedFolders)
        .Select(n => Reference<Resolved>.TryParse(n, out var resolved) ? resolved : null)
        .FirstOrDefault(r => r is not null && File.Exists(_layout.Of(r, StoreLayout.RealizationPrefix, realization.Digest)));

    // A name that holds the digest of its bytes says nothing of the folder.
    ImmutableArray<T> All<T>(string folder, ImmutableArray<string> names, string prefix, Func<T, bool> belongs) where T : class, IRecord<T>
    {
        var records = ImmutableArray.CreateBuilder<T>();
        foreach (var name in names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(StoreLayout.RecordSuffix, StringComparison.Ordinal)))
        {
            // Null: somebody removed it since the folder was read.
            if (Digest.TryParse(name[prefix.Length..^StoreLayout.RecordSuffix.Length], out var digest) && Read<T>(Path.Combine(folder, name), digest) is { } record)
                records.Add(belongs(record) ? record : throw StorageErrors.Damaged(Path.Combine(folder, name), Misplaced, _layout.Tool.RepairCure));
        }
        return records.ToImmutable();
    }

    /// <summary>The record in a file whose name holds its digest; null where it is not that, or cannot be read.</summary>
    internal static T? TryRead<T>(string file) where T : class, IRecord<T>
    {
        try
        {
            return Files.TryRead(file) is { } bytes && Path.GetFileName(file).Contains(Digest.Of(bytes).ToString(), StringComparison.Ordinal) ? RecordBytes.Parse<T>(bytes) : null;
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            return null;
        }
    }

    T? Read<T>(string path, Digest expected) where T : class, IRecord<T>
    {
        if (Files.TryRead(path) is not { } bytes)
            return null;
        if (Digest.Of(bytes) is var found && found != expected)
            throw StorageErrors.Damaged(path, $"has the SHA-256 {found}", _layout.Tool.RepairCure);
        try
        {
            return RecordBytes.Parse<T>(bytes);
        }
        catch (FormatException e)
        {
            throw StorageErrors.Damaged(path, $"cannot be read: {e.Message}", _layout.Tool.RepairCure);
        }
    }

    static void Require(params ReadOnlySpan<string?> paths)
    {
        foreach (var path in paths)
        {
            if (path is not null && !File.Exists(path))
                throw new InvalidOperationException($"a run names '{path}', which is not in the store");
        }
    }
}

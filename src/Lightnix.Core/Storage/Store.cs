namespace Lightnix.Storage;

/// <summary>A store: a folder of plain files. Any number of processes may use one at once. See docs/store-format.md.</summary>
/// <remarks>Reading writes nothing. The first change begins a session, which ends with <see cref="Dispose"/> or with the process.</remarks>
public sealed class Store : IDisposable
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly StoreOptions _options;
    readonly Lazy<WriteSession> _session;

    Store(StoreLayout layout, Disk disk, StoreOptions options, bool writes)
    {
        (_layout, _disk, _options, IsOpenForWriting) = (layout, disk, options, writes);
        _session = new(() => writes
            ? Begin(layout, disk, options)
            : throw new InvalidOperationException("the store is open for reading only"));
        Trees = new(layout, disk, () => _session.Value, writes);
        Records = new(layout, disk, () => _session.Value);
        Sources = new(layout, disk, () => _session.Value);
        Roots = new(layout, disk, () => _session.Value);
        Pins = new(layout, disk, () => _session.Value);
        Locks = new(layout);
        Maintenance = new(layout, disk, this, () => _session.Value);
        Verdicts = new(layout, disk, () => _session.Value);
        Checkpoints = new(layout, disk, options);
        Activities = new(layout, () => _session.Value);
        Archives = new(layout, disk, this, () => _session.Value);
    }

    /// <summary>Absolute.</summary>
    public string Folder => _layout.Folder;

    /// <summary>True where no session can begin: another user's store, or a file system that is mounted read-only. Its contents can be
    /// used, and nothing keeps them from being collected.</summary>
    public bool IsReadOnly => !CanWrite(_layout.Sessions) || !CanWrite(_layout.Work);

    /// <summary>False for a store that was opened for reading: nothing is written, and no session begins.</summary>
    public bool IsOpenForWriting { get; }

    public ToolCommands Tool => _layout.Tool;
    public TreeStore Trees { get; }
    public RecordStore Records { get; }
    public SourceStore Sources { get; }
    public RootStore Roots { get; }
    public PinStore Pins { get; }
    public LockStore Locks { get; }

    /// <summary>Verification, repair, garbage collection.</summary>
    public StoreMaintenance Maintenance { get; }

    public VerdictStore Verdicts { get; }

    public CheckpointStore Checkpoints { get; }

    /// <summary>What goes on now.</summary>
    public ActivityStore Activities { get; }

    public ArchiveStore Archives { get; }

    /// <summary>Opens a store, and makes it where there is none.</summary>
    /// <param name="abandoned">See <see cref="StoreOptions.Abandoned"/>.</param>
    /// <exception cref="StoreException">It cannot be made or has an unknown format.</exception>
    public static Store Open(string folder, Action<string>? abandoned = null) => Open(folder, new StoreOptions { Abandoned = abandoned });

    /// <summary>Opens a store, and makes it where there is none.</summary>
    /// <exception cref="StoreException">It cannot be made or has an unknown format.</exception>
    public static Store Open(string folder, StoreOptions options) => Open(folder, new Disk(), options);

    /// <summary>Opens a store for reading: whatever would write is refused. A missing store is an empty one, and is not made.</summary>
    /// <exception cref="StoreException">It cannot be read or has an unknown format.</exception>
    public static Store OpenReadOnly(string folder, StoreOptions? options = null) =>
        Open(folder, new Disk(), options ?? new StoreOptions(), writes: false);

    internal static Store Open(string folder, Disk disk) => Open(folder, disk, new StoreOptions());

    internal static Store Open(string folder, Disk disk, StoreOptions options, bool writes = true)
    {
        if (!Path.IsPathFullyQualified(folder))
            throw new ArgumentException($"'{folder}' is not an absolute path", nameof(folder));
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var layout = new StoreLayout(full) { Tool = new(full, options.ToolStore) };
        try
        {
            if (Files.TryRead(layout.FormatFile) is { } format)
                CheckFormat(layout, format);
            else if (writes)
                Make(layout, disk);
            else
                CheckOthers(layout);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageErrors.Inaccessible(layout.Folder, "opened", e);
        }
        return new(layout, disk, options, writes);
    }

    /// <summary>A private, empty working folder for one run.</summary>
    public Workspace NewWorkspace(CancellationToken cancellationToken = default) =>
        new(_session.Value.NewWorkspace(), Trees.Keep, _layout.Tool, cancellationToken);

    /// <summary>A folder below the store for things that can be made again, as compiled scripts.</summary>
    /// <param name="name">One path segment.</param>
    public string CacheFolder(string name)
    {
        if (name.Length == 0 || name[0] == '.' || name.AsSpan().ContainsAny('/', '\\'))
            throw new ArgumentException($"'{name}' is not one path segment", nameof(name));
        var folder = Path.Combine(_layout.Cache, name);
        _disk.MakeFolder(folder);
        return folder;
    }

    /// <summary>Notices to the users of the store, each given once a day.</summary>
    internal Notices Notices => new(CacheFolder("notices"));

    /// <summary>Keeps something in a cache folder, named by its digest, while this session lives.</summary>
    public void Keep(Digest cached) => _session.Value.Keep([cached]);

    /// <summary>Deletes what dead sessions left. A session does so when it begins; this is for a build that may need none.</summary>
    public void Sweep() => new SessionSweep(_layout, _disk).Run(_options.Abandoned);

    /// <summary>Ends the session and deletes what it left unfinished.</summary>
    public void Dispose()
    {
        if (_session.IsValueCreated)
            _session.Value.Dispose();
    }

    bool CanWrite(string folder) => Files.MayWrite(Directory.Exists(folder) ? folder : _layout.Folder);

    static WriteSession Begin(StoreLayout layout, Disk disk, StoreOptions options)
    {
        try
        {
            return WriteSession.Begin(layout, disk, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageErrors.Inaccessible(layout.Folder, "written", e);
        }
    }

    static void CheckFormat(StoreLayout layout, byte[] format)
    {
        if (format.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(StoreLayout.Format)))
            return;
        var found = Encoding.UTF8.GetString(format).TrimEnd();
        throw StorageErrors.Damaged(layout.FormatFile, $"holds '{found}', and this Lightnix knows '{StoreLayout.Format.TrimEnd()}'",
            "use the version of Lightnix that made the store, or another store");
    }

    // A folder that holds other things is not turned into a store.
    static void CheckOthers(StoreLayout layout)
    {
        var own = layout.Known.Select(f => Path.GetRelativePath(layout.Folder, f)).ToHashSet(StringComparer.Ordinal);
        if (Files.Names(layout.Folder).FirstOrDefault(n => !own.Contains(n)) is { } foreign && !File.Exists(layout.FormatFile))
            throw StorageErrors.NoStore(layout.Folder, foreign);
    }

    // The folders first: where the format can be read, they are there.
    static void Make(StoreLayout layout, Disk disk)
    {
        CheckOthers(layout);
        foreach (var folder in layout.All)
            disk.MakeFolder(folder);
        using var session = WriteSession.Begin(layout, disk, new());
        var temporary = session.NewFile();
        disk.Write(temporary, Encoding.UTF8.GetBytes(StoreLayout.Format));
        disk.Sync([temporary], []);
        disk.Replace(temporary, layout.FormatFile);
        disk.Sync([], [layout.Folder, Path.GetDirectoryName(layout.Folder) ?? layout.Folder]);
    }
}

using System.Text;
using Lightnix.Hashing;

namespace Lightnix.Storage;

/// <summary>A store: a folder of plain files that nobody edits. Any number of processes may use one at once. See docs/store-format.md.</summary>
/// <remarks>Reading makes nothing. With the first change a session begins, which ends with <see cref="Dispose"/> or with the process.</remarks>
public sealed class Store : IDisposable
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly StoreOptions _user;
    readonly Lazy<WriteSession> _session;

    Store(StoreLayout layout, Disk disk, StoreOptions user, bool mends)
    {
        (_layout, _disk, _user) = (layout, disk, user);
        _session = new(() => Begin(layout, disk, user));
        Trees = new(layout, disk, () => _session.Value, mends);
        Records = new(layout, disk, () => _session.Value);
        Roots = new(layout, disk, () => _session.Value);
        Pins = new(layout, disk, () => _session.Value);
        Locks = new(layout);
        Maintenance = new(layout, disk, this, () => _session.Value);
        Verdicts = new(layout, disk, () => _session.Value);
    }

    /// <summary>Absolute.</summary>
    public string Folder => _layout.Folder;

    /// <summary>True when nobody may begin a session here: the store is another user's, or on a file system that is mounted to be read only. Then what is there can be used, and nothing keeps it there.</summary>
    public bool IsReadOnly => new[] { _layout.Sessions, _layout.Work }.Any(f => !Files.MayWrite(Directory.Exists(f) ? f : _layout.Folder));

    /// <summary>Commands of the tool for this store.</summary>
    public ToolCommands Tool => _layout.Tool;

    public TreeStore Trees { get; }

    public RecordStore Records { get; }

    public RootStore Roots { get; }

    public PinStore Pins { get; }

    public LockStore Locks { get; }

    /// <summary>Looking for damage, repairing, collecting garbage.</summary>
    public StoreMaintenance Maintenance { get; }

    public VerdictStore Verdicts { get; }

    /// <summary>Opens a store, and makes it where there is none.</summary>
    /// <param name="abandoned">Ends the builders of a session that died, before their working folders are swept; it is given a part of those folders' paths. Null: nobody does.</param>
    /// <exception cref="StoreException">It cannot be made or has an unknown format.</exception>
    public static Store Open(string folder, Action<string>? abandoned = null) => Open(folder, new StoreOptions { Abandoned = abandoned });

    /// <summary>Opens a store, and makes it where there is none.</summary>
    /// <exception cref="StoreException">It cannot be made or has an unknown format.</exception>
    public static Store Open(string folder, StoreOptions user) => Open(folder, new Disk(), user);

    /// <summary>Opens a store that nothing will be written to. Where there is none, it is empty, and there is none afterwards.</summary>
    /// <exception cref="StoreException">It cannot be read or has an unknown format.</exception>
    public static Store OpenReadOnly(string folder, StoreOptions? user = null) => Open(folder, new Disk(), user ?? new StoreOptions(), make: false);

    internal static Store Open(string folder, Disk disk) => Open(folder, disk, new StoreOptions());

    internal static Store Open(string folder, Disk disk, StoreOptions user, bool make = true)
    {
        if (!Path.IsPathFullyQualified(folder))
            throw new ArgumentException($"'{folder}' is not an absolute path", nameof(folder));
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var layout = new StoreLayout(full) { Tool = new(full, user.ToolStore) };
        try
        {
            if (Files.TryRead(layout.FormatFile) is { } format)
                CheckFormat(layout, format);
            else if (make)
                Make(layout, disk);
            else
                CheckOthers(layout);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageErrors.Inaccessible(layout.Folder, "opened", e);
        }
        return new(layout, disk, user, make);
    }

    /// <summary>A private, empty working folder for one run.</summary>
    public Workspace NewWorkspace(CancellationToken cancellationToken = default) => new(_session.Value.NewWorkspace(), Trees.Keep, _layout.Tool, cancellationToken);

    /// <summary>A folder below the store for things that can be made again (compiled scripts); <paramref name="name"/> is one path segment.</summary>
    public string CacheFolder(string name)
    {
        if (name.Length == 0 || name[0] == '.' || name.AsSpan().ContainsAny('/', '\\'))
            throw new ArgumentException($"'{name}' is not one path segment", nameof(name));
        var folder = Path.Combine(_layout.Cache, name);
        _disk.MakeFolder(folder);
        return folder;
    }

    /// <summary>Notes that this session relies on something in a cache folder, by its digest, which then is not collected as long as it lives.</summary>
    public void Keep(Digest cached) => _session.Value.Keep([cached]);

    /// <summary>Deletes what those left that were killed. A session does so when it begins; this is for who may not need one.</summary>
    public void Sweep() => WriteSession.Sweep(_layout, _disk, _user.Abandoned);

    /// <summary>Ends the session: what it left unfinished is deleted.</summary>
    public void Dispose()
    {
        if (_session.IsValueCreated)
            _session.Value.Dispose();
    }

    static WriteSession Begin(StoreLayout layout, Disk disk, StoreOptions user)
    {
        try
        {
            return WriteSession.Begin(layout, disk, user);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageErrors.Inaccessible(layout.Folder, "written", e);
        }
    }

    static void CheckFormat(StoreLayout layout, byte[] format)
    {
        if (!format.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(StoreLayout.Format)))
            throw StorageErrors.Damaged(layout.FormatFile, $"holds '{Encoding.UTF8.GetString(format).TrimEnd()}', and this Lightnix knows '{StoreLayout.Format.TrimEnd()}'", "use the version of Lightnix that made the store, or another store");
    }

    // A folder in which somebody keeps other things is not turned into a store.
    static void CheckOthers(StoreLayout layout)
    {
        var own = layout.All.Select(f => Path.GetRelativePath(layout.Folder, f)).ToHashSet(StringComparer.Ordinal);
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

using System.Text;

namespace Lightnix.Storage;

/// <summary>A store: a folder of plain files that nobody edits. Any number of processes may use one at once. See docs/store-format.md.</summary>
/// <remarks>Reading makes nothing. With the first change a session begins, which ends with <see cref="Dispose"/> or with the process.</remarks>
public sealed class Store : IDisposable
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Lazy<StoreSession> _session;

    Store(StoreLayout layout, Disk disk)
    {
        (_layout, _disk) = (layout, disk);
        _session = new(() => Begin(layout, disk));
        Trees = new(layout, disk, () => _session.Value);
        Records = new(layout, disk, () => _session.Value);
        Roots = new(layout, disk, () => _session.Value);
        Pins = new(layout, disk, () => _session.Value);
        Locks = new(layout);
        Care = new(layout, disk, this, () => _session.Value);
        Verdicts = new(layout, disk, () => _session.Value);
    }

    /// <summary>Absolute.</summary>
    public string Folder => _layout.Folder;

    public TreeStore Trees { get; }

    public RecordStore Records { get; }

    public RootStore Roots { get; }

    public PinStore Pins { get; }

    public LockStore Locks { get; }

    /// <summary>Looking for damage, repairing, collecting garbage.</summary>
    public StoreCare Care { get; }

    public VerdictStore Verdicts { get; }

    /// <summary>Opens a store, and makes it where there is none.</summary>
    /// <exception cref="StoreException">It cannot be made or has an unknown format.</exception>
    public static Store Open(string folder) => Open(folder, new Disk());

    /// <summary>Opens a store where there is one, and makes nothing.</summary>
    /// <exception cref="StoreException">It cannot be read or has an unknown format.</exception>
    public static Store? TryOpen(string folder) => File.Exists(new StoreLayout(folder).FormatFile) ? Open(folder) : null;

    internal static Store Open(string folder, Disk disk)
    {
        if (!Path.IsPathFullyQualified(folder))
            throw new ArgumentException($"'{folder}' is not an absolute path", nameof(folder));
        var layout = new StoreLayout(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        try
        {
            if (Files.TryRead(layout.FormatFile) is { } format)
                CheckFormat(layout, format);
            else
                Make(layout, disk);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.Inaccessible(layout.Folder, "opened", e);
        }
        return new(layout, disk);
    }

    /// <summary>A private, empty working folder for one run.</summary>
    public Workspace NewWorkspace() => new(_session.Value.NewWorkspace());

    /// <summary>A folder below the store for things that can be made again (compiled scripts); <paramref name="name"/> is one path segment.</summary>
    public string CacheFolder(string name)
    {
        if (name.Length == 0 || name[0] == '.' || name.AsSpan().ContainsAny('/', '\\'))
            throw new ArgumentException($"'{name}' is not one path segment", nameof(name));
        var folder = Path.Combine(_layout.Cache, name);
        _disk.MakeFolder(folder);
        return folder;
    }

    /// <summary>Ends the session: what it left unfinished is deleted.</summary>
    public void Dispose()
    {
        if (_session.IsValueCreated)
            _session.Value.Dispose();
    }

    static StoreSession Begin(StoreLayout layout, Disk disk)
    {
        try
        {
            return StoreSession.Begin(layout, disk);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.Inaccessible(layout.Folder, "written", e);
        }
    }

    static void CheckFormat(StoreLayout layout, byte[] format)
    {
        if (!format.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(StoreLayout.Format)))
            throw StoreException.Damaged(layout.FormatFile, $"holds '{Encoding.UTF8.GetString(format).TrimEnd()}', and this Lightnix knows '{StoreLayout.Format.TrimEnd()}'", "use the version of Lightnix that made the store, or another store");
    }

    // The folders first: where the format can be read, they are there. A folder in which somebody keeps other things is not turned into a store.
    static void Make(StoreLayout layout, Disk disk)
    {
        var own = layout.All.Select(f => Path.GetRelativePath(layout.Folder, f)).ToHashSet(StringComparer.Ordinal);
        if (Files.Names(layout.Folder).FirstOrDefault(n => !own.Contains(n)) is { } foreign && !File.Exists(layout.FormatFile))
            throw new StoreException("LNX3001", $"'{layout.Folder}' is not a store: it has no file 'format', but '{foreign}'; name an empty folder, or one that does not exist");
        foreach (var folder in layout.All)
            disk.MakeFolder(folder);
        using var session = StoreSession.Begin(layout, disk);
        var temporary = session.NewFile();
        disk.Write(temporary, Encoding.UTF8.GetBytes(StoreLayout.Format));
        disk.Sync([temporary], []);
        disk.Replace(temporary, layout.FormatFile);
        disk.Sync([], [layout.Folder, Path.GetDirectoryName(layout.Folder) ?? layout.Folder]);
    }
}

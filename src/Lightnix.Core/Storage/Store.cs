namespace Lightnix.Storage;

/// <summary>A store: a folder of plain files that nobody edits. Any number of processes may use one at once. See docs/store-format.md.</summary>
public sealed class Store
{
    Store(string folder) => Folder = folder;

    /// <summary>Absolute.</summary>
    public string Folder { get; }

    /// <summary>Opens a store, and makes it where there is none.</summary>
    /// <exception cref="StoreException">It cannot be made or has an unknown format.</exception>
    public static Store Open(string folder) => throw new NotImplementedException();

    public TreeStore Trees => throw new NotImplementedException();

    public RecordStore Records => throw new NotImplementedException();

    public RootStore Roots => throw new NotImplementedException();

    public LockStore Locks => throw new NotImplementedException();

    /// <summary>A private, empty working folder for one run.</summary>
    public Workspace NewWorkspace() => throw new NotImplementedException();

    /// <summary>A folder below the store for things that can be made again (compiled scripts); <paramref name="name"/> is one path segment.</summary>
    public string CacheFolder(string name) => throw new NotImplementedException();
}

/// <summary>Something about the store, or about what was to be put there, is wrong; carries the code.</summary>
public sealed class StoreException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

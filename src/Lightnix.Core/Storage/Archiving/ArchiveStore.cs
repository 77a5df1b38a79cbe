namespace Lightnix.Storage;

/// <summary>Takes archives of other stores into this one.</summary>
public sealed class ArchiveStore
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Store _store;
    readonly Func<WriteSession> _session;

    internal ArchiveStore(StoreLayout layout, Disk disk, Store store, Func<WriteSession> session) =>
        (_layout, _disk, _store, _session) = (layout, disk, store, session);

    /// <summary>Takes what an archive holds. The store stays as it was until all of it is verified.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="progress">Receives the bytes that were read, and all that there are.</param>
    /// <exception cref="StoreException">LNX3007: it is damaged, not whole, or no archive of Lightnix.</exception>
    public ImportReport Import(
        Stream archive, string name, Action<long, long>? progress = null, CancellationToken cancellationToken = default)
    {
        var verified = new ArchiveReading(_layout, _session(), progress).Read(archive, name, cancellationToken);
        return new ArchiveTaking(_layout, _disk, _store, _session()).Take(verified, cancellationToken);
    }
}

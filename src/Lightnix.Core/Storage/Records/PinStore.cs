namespace Lightnix.Storage;

/// <summary>Realizations that people keep.</summary>
public sealed class PinStore
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Func<WriteSession> _session;

    internal PinStore(StoreLayout layout, Disk disk, Func<WriteSession> session) => (_layout, _disk, _session) = (layout, disk, session);

    /// <summary>Readable pins, sorted by reference.</summary>
    public ImmutableArray<Pin> All() => [.. Read().Select(p => p.Pin).OfType<Pin>()];

    /// <summary>Every file in the folder; null where it is no pin, or not what its name says.</summary>
    internal ImmutableArray<(string File, Pin? Pin)> Read() =>
        [.. Files.Names(_layout.Pins).Order(StringComparer.Ordinal).Select(n => Path.Combine(_layout.Pins, n))
            .Select(f => (f, TryParse(f)))];

    /// <summary>Pins a realization; pinning it again is fine.</summary>
    public void Add(Pin pin)
    {
        // Noted before the pin exists, so that no collection comes between.
        _session().Keep([pin.Tree.Digest, pin.Resolved.Digest]);
        var temporary = _session().NewFile();
        var path = _layout.Of(pin.Reference());
        LostFolders.MakeAgain(_layout.Pins, _layout, _disk, _session());
        _disk.Write(temporary, pin.ToBytes());
        _disk.Settle([temporary]);
        using (_session().EnterGate())
            _disk.Replace(temporary, path);
        _disk.Sync([], [_layout.Pins]);
    }

    /// <summary>Deletes every pin of a realization; false where there is none.</summary>
    public bool Remove(Reference<Realization> realization) => Remove(p => p.Realization == realization);

    /// <summary>Deletes the pins with a name; false where there is none.</summary>
    public bool Remove(StageName name) => Remove(p => p.Name == name);

    /// <summary>The pin with a name; null where there is none.</summary>
    public Pin? Find(string name) =>
        StageName.TryParse(name, out var wanted) ? All().FirstOrDefault(p => p.Name == wanted) : null;

    bool Remove(Func<Pin, bool> isMeant)
    {
        var mine = Read().Where(p => p.Pin is not null && isMeant(p.Pin)).ToList();
        using (_session().EnterGate())
        {
            foreach (var (file, _) in mine)
                _disk.Delete(file);
        }
        if (mine.Count > 0)
            _disk.Sync([], [_layout.Pins]);
        return mine.Count > 0;
    }

    static Pin? TryParse(string file)
    {
        try
        {
            return Files.TryRead(file) is { } bytes && Path.GetFileName(file) == Digest.Of(bytes) + StoreLayout.RecordSuffix
                ? RecordBytes.Parse<Pin>(bytes)
                : null;
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            return null;
        }
    }
}

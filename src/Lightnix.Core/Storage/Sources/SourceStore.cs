using System.Text.Unicode;

namespace Lightnix.Storage;

/// <summary>Sources of runs, kept in <c>files/</c> by their digests: a run names its derivation, and that names the sources. A source that
/// is large or that a person removed is not there, and that is no damage.</summary>
public sealed class SourceStore
{
    /// <summary>Larger sources are not kept.</summary>
    public const long MostBytes = 4 << 20;

    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Func<WriteSession> _session;

    internal SourceStore(StoreLayout layout, Disk disk, Func<WriteSession> session) => (_layout, _disk, _session) = (layout, disk, session);

    /// <summary>Keeps the sources that were placed in a working folder, before a builder can change them.</summary>
    public void Keep(string folder, ImmutableArray<SourceEntry> sources, KeepSources which)
    {
        if (which == KeepSources.None || sources.IsEmpty)
            return;
        _session().Keep(sources.Select(s => s.Content));
        var fresh = new List<(string Temporary, string Path)>();
        foreach (var source in sources.DistinctBy(s => s.Content).Where(s => FileOf(s.Content) is null))
        {
            var file = source.Path.Under(folder);
            if (Files.Facts(file) is not { Kind: FileKind.File, Size: <= MostBytes } || (which == KeepSources.Text && !IsText(file)))
                continue;
            var copy = _session().NewFile();
            if (_disk.Copy(file, copy)?.Digest != source.Content)
                continue;
            _disk.SetTime(copy, ContentTime.Of(source.Content));
            _disk.SetMode(copy, Disk.ReadOnly);
            fresh.Add((copy, _layout.ContentOf(source.Content, executable: false)));
        }
        if (fresh.Count == 0)
            return;
        _disk.Sync([.. fresh.Select(f => f.Temporary)], []);
        foreach (var (temporary, path) in fresh)
        {
            _disk.MakeFolderFor(path);
            _disk.Replace(temporary, path);
            _disk.Changed(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>The file with a source's bytes, absolute; null where the store does not have it.</summary>
    public string? FileOf(Digest content) => PlacesOf(content).FirstOrDefault(File.Exists);

    /// <summary>Deletes a kept source.</summary>
    /// <returns>False where results have the same bytes: then it stays.</returns>
    public bool Remove(Digest content)
    {
        foreach (var path in PlacesOf(content))
        {
            if (Files.Facts(path) is not { } facts)
                continue;
            if (facts.Links > 1)
                return false;
            _disk.Delete(path);
            _disk.Sync([], [Path.GetDirectoryName(path)!]);
        }
        return true;
    }

    // A result may have the same bytes as an executable.
    IEnumerable<string> PlacesOf(Digest content) => [_layout.ContentOf(content, false), _layout.ContentOf(content, true)];

    static bool IsText(string file) => Files.TryRead(file) is { } bytes && !bytes.AsSpan().Contains((byte)0) && Utf8.IsValid(bytes);
}

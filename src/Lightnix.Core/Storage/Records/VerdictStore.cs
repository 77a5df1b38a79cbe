namespace Lightnix.Storage;

/// <summary>Verdicts that took reading gigabytes, by tree and promise. A cache: they may be deleted at any time.</summary>
public sealed class VerdictStore
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Func<WriteSession> _session;

    internal VerdictStore(StoreLayout layout, Disk disk, Func<WriteSession> session) =>
        (_layout, _disk, _session) = (layout, disk, session);

    /// <param name="promise">What the promise demands, as a digest.</param>
    /// <returns>Why it is broken (empty: it is kept); null where it is not remembered.</returns>
    public ImmutableArray<string>? Find(Reference<Tree> tree, Digest promise) =>
        Files.TryRead(_layout.VerdictOf(tree, promise)) is { } bytes && JsonReader.TryParse(bytes, out var json, out _)
            && json is JsonValue.Array array && array.Items.All(i => i is JsonValue.String)
            ? [.. array.Items.OfType<JsonValue.String>().Select(s => s.Value)]
            : null;

    public void Add(Reference<Tree> tree, Digest promise, ImmutableArray<string> broken)
    {
        // Not synced: after a power cut an empty file is no JSON, and counts as not remembered.
        var path = _layout.VerdictOf(tree, promise);
        var temporary = _session().NewFile();
        _disk.MakeFolderFor(path);
        _disk.Write(temporary, CanonicalJson.ToBytes(JsonValue.Texts(broken)));
        try
        {
            _disk.Replace(temporary, path);
        }
        catch (IOException)
        {
            // Something else has the name: it is judged again the next time.
        }
    }
}

namespace Lightnix.Explaining;

/// <summary>A path that differs between two trees.</summary>
/// <param name="Before">Null: it is new.</param>
/// <param name="Now">Null: it is gone.</param>
public sealed record FileChange(RelativePath Path, TreeEntry? Before, TreeEntry? Now)
{
    public JsonValue.Object ToJson() => JsonValue.Object.Empty.With("path", Path.ToString())
        .WithOptional("before", Of(Before)).WithOptional("now", Of(Now));

    /// <exception cref="FormatException">A member is missing or has another kind.</exception>
    internal static FileChange FromJson(JsonValue.Object json)
    {
        var path = RelativePath.Parse(json.Text("path"));
        return new(path, Read(path, json.Find("before")), Read(path, json.Find("now")));
    }

    static JsonValue.Object? Of(TreeEntry? entry) => entry switch
    {
        null => null,
        TreeEntry.File file => JsonValue.Object.Empty.With("sha256", file.Content.ToString()).With("size", file.Size)
            .WithFlag("executable", file.Executable),
        TreeEntry.Link link => JsonValue.Object.Empty.With("link", link.Target),
        _ => JsonValue.Object.Empty.With("emptyFolder", true),
    };

    static TreeEntry? Read(RelativePath path, JsonValue? json) => json switch
    {
        null => null,
        JsonValue.Object file when file.Find("sha256") is not null =>
            new TreeEntry.File(path, Digest.Parse(file.Text("sha256")), file.Integer("size"), file.Flag("executable")),
        JsonValue.Object link when link.OptionalText("link") is { } target => new TreeEntry.Link(path, target),
        _ => new TreeEntry.EmptyFolder(path),
    };

    /// <summary>All differences of two trees, sorted by path.</summary>
    public static ImmutableArray<FileChange> Between(Tree before, Tree now)
    {
        var old = before.Entries.ToImmutableSortedDictionary(e => e.Path, e => e);
        var young = now.Entries.ToImmutableSortedDictionary(e => e.Path, e => e);
        return
        [
            .. old.Keys.Union(young.Keys).Order().Select(p => new FileChange(p, old.GetValueOrDefault(p), young.GetValueOrDefault(p)))
                .Where(c => c.Before != c.Now),
        ];
    }
}

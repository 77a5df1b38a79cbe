namespace Lightnix.Model;

/// <summary>What a promise demanded when a build chose, by the names of its metadata. <c>Include</c> is its path.</summary>
public sealed record RecordedPromise(ImmutableSortedDictionary<string, string> Fields)
{
    const string Include = nameof(Include);

    public string Path => Fields[Include];

    /// <summary>Of a promise with a pointer, the path and the pointer.</summary>
    public string Title => Fields.GetValueOrDefault(nameof(Promise.Pointer)) is { } pointer ? $"{Path}#{pointer}" : Path;

    public static RecordedPromise Of(Promise promise) => new(new[]
    {
        (Include, promise.Path.ToString()),
        (nameof(Promise.Type), promise.Type.ToString()),
        (nameof(Promise.NonEmpty), promise.NonEmpty ? "true" : null),
        (nameof(Promise.MinSize), Text(promise.MinSize)),
        (nameof(Promise.MaxSize), Text(promise.MaxSize)),
        (nameof(Promise.Min), Text(promise.Min)),
        (nameof(Promise.Max), Text(promise.Max)),
        (nameof(Promise.Columns), promise.Columns.IsEmpty ? null : string.Join(';', promise.Columns)),
        (nameof(Promise.MinRows), Text(promise.MinRows)),
        (nameof(Promise.Pointer), promise.Pointer),
        (nameof(Promise.Sha256), promise.Sha256?.ToString()),
        (nameof(Promise.Pattern), promise.Pattern),
        (nameof(Promise.MinCount), Text(promise.MinCount)),
    }.Where(f => f.Item2 is not null).ToImmutableSortedDictionary(f => f.Item1, f => f.Item2!, Utf8Order.Instance));

    /// <summary>The promise again; it has no place in a project.</summary>
    public Promise ToPromise() => new()
    {
        Path = RelativePath.Parse(Path),
        Item = new(ItemKind.Promise, Path, DeclaredItem.NoMetadata, 0),
        Type = Enum.TryParse<PromiseType>(Fields.GetValueOrDefault(nameof(Promise.Type)), out var type) ? type : PromiseType.Any,
        NonEmpty = Fields.ContainsKey(nameof(Promise.NonEmpty)),
        MinSize = Size(nameof(Promise.MinSize)),
        MaxSize = Size(nameof(Promise.MaxSize)),
        Min = Number(nameof(Promise.Min)),
        Max = Number(nameof(Promise.Max)),
        Columns = [.. Fields.GetValueOrDefault(nameof(Promise.Columns))?.Split(';') ?? []],
        MinRows = Size(nameof(Promise.MinRows)),
        Pointer = Fields.GetValueOrDefault(nameof(Promise.Pointer)),
        Sha256 = Fields.GetValueOrDefault(nameof(Promise.Sha256)) is { } digest ? Digest.Parse(digest) : null,
        Pattern = Fields.GetValueOrDefault(nameof(Promise.Pattern)),
        MinCount = Size(nameof(Promise.MinCount)),
    };

    public bool Equals(RecordedPromise? other) => other is not null && Fields.SequenceEqual(other.Fields);

    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    internal JsonValue.Object ToJson() => Fields.Aggregate(JsonValue.Object.Empty, (all, f) => all.With(f.Key, f.Value));

    /// <exception cref="FormatException">It has no path, or a member is no text.</exception>
    internal static RecordedPromise FromJson(JsonValue.Object json)
    {
        var promise = new RecordedPromise(json.Members.Keys.ToImmutableSortedDictionary(k => k, json.Text, Utf8Order.Instance));
        _ = RelativePath.Parse(json.Text(Include));
        return promise;
    }

    static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    long? Size(string name) =>
        long.TryParse(Fields.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    double? Number(string name) =>
        double.TryParse(Fields.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

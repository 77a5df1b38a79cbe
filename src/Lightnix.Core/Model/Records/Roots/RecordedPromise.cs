namespace Lightnix.Model;

/// <summary>What a promise demanded when a build chose. A build that does nothing asks for no field, so fields are made when asked
/// for.</summary>
public sealed class RecordedPromise : IEquatable<RecordedPromise>
{
    const string Include = nameof(Include);

    readonly Lazy<ImmutableSortedDictionary<string, string>> _fields;

    RecordedPromise(string path, string? pointer, Func<ImmutableSortedDictionary<string, string>> fields) =>
        (Path, Title, _fields) = (path, pointer is null ? path : $"{path}#{pointer}", new(fields));

    public string Path { get; }

    /// <summary>Of a promise with a pointer, the path and the pointer.</summary>
    public string Title { get; }

    /// <summary>By the names of its metadata. <c>Include</c> is its path.</summary>
    public ImmutableSortedDictionary<string, string> Fields => _fields.Value;

    public static RecordedPromise Of(Promise promise) => new(promise.Path.ToString(), promise.Pointer, () => FieldsOf(promise));

    static ImmutableSortedDictionary<string, string> FieldsOf(Promise promise) => new[]
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
    }.Where(f => f.Item2 is not null).ToImmutableSortedDictionary(f => f.Item1, f => f.Item2!, Utf8Order.Instance);

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

    public bool Equals(RecordedPromise? other) => other is not null && Title == other.Title && Fields.SequenceEqual(other.Fields);

    public override bool Equals(object? obj) => Equals(obj as RecordedPromise);

    public override int GetHashCode() => Title.GetHashCode(StringComparison.Ordinal);

    internal JsonValue.Object ToJson() => JsonValue.Object.Of(Fields, f => new JsonValue.String(f));

    /// <exception cref="FormatException">It has no path, or a member is no text.</exception>
    internal static RecordedPromise FromJson(JsonValue.Object json)
    {
        if (json.Members.Values.FirstOrDefault(v => v is not JsonValue.String) is not null)
            throw new FormatException("a promise has a member that is no text");
        var path = RelativePath.Parse(json.Text(Include));
        return new(path.ToString(), json.OptionalText(nameof(Promise.Pointer)),
            () => json.Members.Keys.ToImmutableSortedDictionary(k => k, json.Text, Utf8Order.Instance));
    }

    static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    long? Size(string name) =>
        long.TryParse(Fields.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    double? Number(string name) =>
        double.TryParse(Fields.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

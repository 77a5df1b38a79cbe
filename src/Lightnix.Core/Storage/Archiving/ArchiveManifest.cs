namespace Lightnix.Storage;

/// <summary>The first member of an archive: what is in it.</summary>
/// <param name="Results">What was asked for, sorted.</param>
/// <param name="Trees">Trees of which the archive has all files, sorted.</param>
/// <param name="Size">Bytes of all files of results and sources.</param>
sealed record ArchiveManifest(ImmutableArray<Reference<Realization>> Results, ImmutableArray<Reference<Tree>> Trees, long Size)
    : IRecord<ArchiveManifest>
{
    /// <summary>Results that runs of it read, and that the store did not know any more, sorted.</summary>
    public ImmutableArray<Reference<Realization>> Unknown { get; init; } = [];

    /// <summary>Its name in the archive.</summary>
    public const string Name = "lightnix-archive.json";

    public static string Format => "lightnix/archive/1";

    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("results", JsonValue.Texts(Results.Select(r => r.ToString())))
        .With("trees", JsonValue.Texts(Trees.Select(t => t.ToString())))
        .With("size", Size)
        .WithOptional("unknown", JsonValue.Texts(Unknown.Select(r => r.ToString())).Items);

    public static ArchiveManifest FromJson(JsonValue.Object json) => new(
        [.. json.OptionalTexts("results").Select(Reference<Realization>.Parse)],
        [.. json.OptionalTexts("trees").Select(Reference<Tree>.Parse)],
        json.Integer("size", 0, 1L << 52))
    {
        Unknown = [.. json.OptionalTexts("unknown").Select(Reference<Realization>.Parse)],
    };
}

namespace Lightnix.Model;

/// <summary>A path that a stage commits to produce, and what must be true of it; not part of any hash.</summary>
public sealed record Promise
{
    public required RelativePath Path { get; init; }

    /// <summary>Where it was declared: broken ones are reported there.</summary>
    public required DeclaredItem Item { get; init; }

    public PromiseType Type { get; init; } = PromiseType.Any;
    public bool NonEmpty { get; init; }

    /// <summary>Bytes; of a folder, all its files together.</summary>
    public long? MinSize { get; init; }

    /// <inheritdoc cref="MinSize"/>
    public long? MaxSize { get; init; }

    /// <summary>The least value of the number.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest value of the number.</summary>
    public double? Max { get; init; }

    /// <summary>Names that the header of a CSV file must have, in any order.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>Rows that a CSV file must have at least, without its header.</summary>
    public long? MinRows { get; init; }

    /// <summary>A JSON pointer to the number in a JSON file.</summary>
    public string? Pointer { get; init; }

    public Digest? Sha256 { get; init; }

    /// <summary>A glob for files below a promised folder.</summary>
    public string? Pattern { get; init; }

    /// <summary>Files that must match <see cref="Pattern"/> at least.</summary>
    public long? MinCount { get; init; }

    /// <summary><c>Never</c>, <c>IfDifferent</c> or <c>Always</c>; null: not copied.</summary>
    public string? CopyToOutputDirectory { get; init; }

    /// <inheritdoc cref="CopyToOutputDirectory"/>
    public string? CopyToPublishDirectory { get; init; }

    /// <summary>The target path of the copy; null: the promise's path.</summary>
    public RelativePath? Link { get; init; }

    /// <summary>True of a promise that a choice takes over from all stages it names. Their chosen results keep it already.</summary>
    public bool IsInherited { get; init; }

    /// <summary>True when the tree's listing alone decides it, without reading a file.</summary>
    public bool IsDecidedByListing => Type is PromiseType.Any or PromiseType.File or PromiseType.Directory
        && Min is null && Max is null && Pointer is null && Columns.IsEmpty && MinRows is null;
}

/// <summary>What a promised path must be.</summary>
public enum PromiseType
{
    /// <summary>There.</summary>
    Any,

    File,
    Directory,
    Text,

    /// <summary>A file whose whole trimmed text is one finite number.</summary>
    Number,

    Json,

    /// <summary>A CSV table whose rows have as many fields as its header.</summary>
    Csv,

    /// <summary>A zip archive whose directory can be read.</summary>
    Zip,
}

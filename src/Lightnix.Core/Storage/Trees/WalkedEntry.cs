namespace Lightnix.Storage;

/// <summary>A file, folder or link that a <see cref="FolderWalk"/> found.</summary>
/// <param name="File">Where it is, absolute.</param>
sealed record WalkedEntry(RelativePath Path, string File, FileFacts Facts)
{
    /// <summary>Of a link.</summary>
    public string? Target { get; init; }

    /// <summary>Of a folder of which nothing is taken but the folder.</summary>
    public bool IsEmpty { get; init; }
}

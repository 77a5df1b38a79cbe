namespace Lightnix.Cli;

/// <summary>A file of a folder that <c>lightnix prov</c> writes.</summary>
/// <param name="Path">Below the folder.</param>
abstract record ProvenanceFile(RelativePath Path)
{
    /// <summary>A text that was made.</summary>
    public sealed record Made(RelativePath Path, string Text) : ProvenanceFile(Path);

    /// <summary>A file of the store.</summary>
    /// <param name="From">Absolute.</param>
    public sealed record Stored(RelativePath Path, string From, Digest Content) : ProvenanceFile(Path);
}

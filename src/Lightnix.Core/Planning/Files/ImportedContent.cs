namespace Lightnix.Planning;

/// <summary>What an import takes: a file or a folder, without what builds write below the folder.</summary>
public sealed record ImportedContent(Tree Tree)
{
    /// <summary>Paths that lead to what builds write: the imported path itself, or links in the folder. Absolute.</summary>
    public ImmutableArray<(string Path, WrittenPath Written)> Refused { get; init; } = [];
}

namespace Lightnix.Model;

/// <summary>An item as the author declared it, before anything is read into it.</summary>
/// <param name="Kind">Which of the four item types.</param>
/// <param name="Include">The item's identity, unescaped by MSBuild.</param>
/// <param name="Metadata">Non-empty custom metadata by name (without regard to case), with MSBuild's escapes still in.</param>
/// <param name="Ordinal">Its place among the evaluated items of its type, from 0: how its line is found again.</param>
public sealed record DeclaredItem(ItemKind Kind, string Include, ImmutableSortedDictionary<string, string> Metadata, int Ordinal)
{
    public static ImmutableSortedDictionary<string, string> NoMetadata { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The escaped text of a metadatum, or null where it is empty or absent.</summary>
    public string? Find(string name) => Metadata.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
}

/// <summary>The item types of a project.</summary>
public enum ItemKind
{
    /// <summary>A named step of the pipeline.</summary>
    Stage,

    /// <summary>A file of the working tree that a stage reads.</summary>
    Source,

    /// <summary>A path that a stage commits to produce.</summary>
    Promise,

    /// <summary>What chooses among the realizations of a stage.</summary>
    Matcher,
}

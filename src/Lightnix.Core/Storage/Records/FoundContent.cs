namespace Lightnix.Storage;

/// <summary>A place of a tree that holds a content.</summary>
/// <param name="Content">Of a file its digest, of a folder the reference of its listing.</param>
/// <param name="Path">The root for a whole tree.</param>
public sealed record FoundContent(Digest Content, Reference<Tree> Tree, RelativePath Path);

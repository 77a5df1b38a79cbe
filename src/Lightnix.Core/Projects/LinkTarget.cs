namespace Lightnix.Projects;

/// <summary>What one link shows.</summary>
/// <param name="Folders">Absolute folders of trees.</param>
/// <param name="Plural">True for a folder of links, numbered from 1, however many trees there are.</param>
public sealed record LinkTarget(IReadOnlyList<string> Folders, bool Plural);

namespace Lightnix.Projects;

/// <summary>A stored file that other tools get as a copy.</summary>
/// <param name="Path">Of the copy, below the folder of all copies of a project.</param>
/// <param name="File">In the store, absolute.</param>
public sealed record ItemCopy(RelativePath Path, string File, Digest Content, bool Executable);

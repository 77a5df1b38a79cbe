namespace Lightnix.Building;

/// <summary>A tool and what it printed as its version.</summary>
/// <param name="Path">The real file, links followed.</param>
/// <param name="Text">The answer to <c>--version</c>, trimmed; the digest of the file where there is none.</param>
public sealed record ToolVersion(string Path, string Text);

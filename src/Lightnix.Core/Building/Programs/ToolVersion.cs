namespace Lightnix.Building;

/// <summary>A tool and what it printed as its version.</summary>
/// <param name="Path">The real file, links followed.</param>
/// <param name="Text">Of <c>--version</c>, trimmed; the digest of the file for a tool that has no such answer.</param>
public sealed record ToolVersion(string Path, string Text);

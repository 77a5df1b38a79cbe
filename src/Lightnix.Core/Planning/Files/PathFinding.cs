namespace Lightnix.Planning;

/// <summary>What is found at a path where an ordinary file, or a file or folder, was wanted.</summary>
/// <param name="Why">The end of a sentence that begins with the path, as <c>is a FIFO</c>.</param>
/// <param name="IsFolder">True of a folder.</param>
public sealed record PathFinding(string Why, bool IsFolder = false)
{
    /// <summary>The name of a file with a backslash, which MSBuild reads as a path of several folders; null: another finding.</summary>
    public string? Misread { get; init; }
}

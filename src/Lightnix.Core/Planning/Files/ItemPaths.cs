namespace Lightnix.Planning;

/// <summary>Paths that MSBuild reads as they are: a backslash is a slash, and lists of written files have one path a line.</summary>
public static class ItemPaths
{
    /// <summary>Why MSBuild would read another path, as the end of a sentence; null where it reads this one.</summary>
    public static string? WhyNot(RelativePath path)
    {
        var text = path.ToString();
        return text.Contains('\\', StringComparison.Ordinal) ? "has a backslash, which MSBuild takes for a slash"
            : text.Any(char.IsControl) ? "has a control character, which ends a line in MSBuild's lists of files or reaches a terminal"
            : null;
    }
}

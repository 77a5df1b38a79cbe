namespace Lightnix.Model;

/// <summary>How long the path of a file may be in a result, in bytes.</summary>
static class PathLimits
{
    public const int Longest = 3072;

    /// <summary>Of one name, in every usual file system.</summary>
    public const int LongestName = 255;
}

using System.Text.RegularExpressions;

namespace Lightnix.Storage;

/// <summary>What the lock files of projects name: garbage collection keeps it.</summary>
static partial class LockedDigests
{
    [GeneratedRegex("[0-9a-fA-F]{64}")]
    private static partial Regex AnyDigest { get; }

    /// <summary>Lock files that may be a project's: the one of its last build, and those beside the project.</summary>
    public static ImmutableArray<string> FilesOf(Root root)
    {
        var folder = Path.GetDirectoryName(root.Project) ?? "/";
        var own = LockFile.NameOf(Path.GetFileNameWithoutExtension(root.Project));
        string?[] files = [root.LockFile, Path.Combine(folder, LockFile.Name), Path.Combine(folder, own)];
        return [.. files.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Every digest in a lock file of any version, with both sides of a merge conflict; none where the file is missing.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public static ImmutableArray<Digest> In(string file) =>
        Files.TryRead(file) is { } bytes ? [.. AnyDigest.Matches(Encoding.UTF8.GetString(bytes)).Select(m => Digest.Parse(m.Value))] : [];
}

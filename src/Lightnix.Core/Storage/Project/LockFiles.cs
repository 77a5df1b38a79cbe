using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>Where the lock files of projects are, and how they are read and replaced.</summary>
public static partial class LockFiles
{
    [GeneratedRegex("[0-9a-fA-F]{64}")]
    private static partial Regex AnyDigest { get; }

    /// <summary>The name of a lock file that is this project's only, as <c>lightnix.data.lock.json</c>.</summary>
    public static string NameOf(string project) => LockFile.NameOf(Path.GetFileNameWithoutExtension(project));

    /// <summary>The lock file that a project uses without being told of one: that of its own where there is such a file.</summary>
    public static string PathOf(string project) => Beside(project, NameOf(project)) is var own && File.Exists(own) ? own : Beside(project, LockFile.Name);

    /// <summary>The bytes of a lock file; null where there is none.</summary>
    public static byte[]? TryRead(string file) => Files.TryRead(file);

    /// <summary>Replaces a lock file in one step: whoever looks sees the former or this one.</summary>
    public static void Write(string file, string text) => Files.Replace(file, Encoding.UTF8.GetBytes(text));

    /// <summary>Lock files that may be a project's: the one of its last build, and those beside it.</summary>
    internal static ImmutableArray<string> Of(Root root) =>
        [.. new[] { root.LockFile, Beside(root.Project, LockFile.Name), Beside(root.Project, NameOf(root.Project)) }.OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Every digest that a lock file names, whatever its format, and with both sides of a conflict in it; none where there is no such file.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    internal static ImmutableArray<Digest> DigestsIn(string file) =>
        TryRead(file) is { } bytes ? [.. AnyDigest.Matches(Encoding.UTF8.GetString(bytes)).Select(m => Digest.Parse(m.Value))] : [];

    static string Beside(string project, string name) => Path.Combine(Path.GetDirectoryName(project) ?? "/", name);
}

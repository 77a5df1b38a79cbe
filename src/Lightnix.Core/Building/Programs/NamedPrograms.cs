using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Programs outside of the system's folders that a text may call: its shell searches them, so the sandbox shows them.</summary>
static partial class NamedPrograms
{
    const int LargestScript = 256 * 1024;

    /// <summary>Names in texts, and in the files of the working folder that the texts name, and so on.</summary>
    /// <param name="programs">Names of all programs.</param>
    public static ImmutableSortedSet<string> In(IEnumerable<string> texts, string workingFolder, IReadOnlySet<string> programs)
    {
        var named = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        if (programs.Count == 0)
            return named.ToImmutable();
        var queue = new Queue<string>(texts);
        var read = new HashSet<string>(StringComparer.Ordinal);
        while (queue.TryDequeue(out var text))
        {
            foreach (var word in Word().EnumerateMatches(text))
            {
                var name = text.Substring(word.Index, word.Length);
                if (!read.Add(name))
                    continue;
                if (programs.Contains(name))
                    named.Add(name);
                if (TextOf(name, workingFolder) is { } more)
                    queue.Enqueue(more);
            }
        }
        return named.ToImmutable();
    }

    public static IReadOnlySet<string> Of(IEnumerable<string> folders) =>
        folders.Where(Directory.Exists).SelectMany(Directory.EnumerateFileSystemEntries).Select(f => Path.GetFileName(f)!)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The text of a source. Inputs are not read, and links are not followed.</summary>
    static string? TextOf(string name, string workingFolder)
    {
        if (name.StartsWith('/') || name.StartsWith("in/", StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal))
            return null;
        var file = new FileInfo(Path.Combine(workingFolder, name));
        return file.LinkTarget is null ? SmallFile.Read(file.FullName, LargestScript) : null;
    }

    [GeneratedRegex(@"[\w.+/-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}

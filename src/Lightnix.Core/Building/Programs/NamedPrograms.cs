using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Programs outside the system's folders (below a home, mostly) that a text may call: a shell finds programs by itself, so what it may look for has to be there.</summary>
static partial class NamedPrograms
{
    /// <summary>Larger files are data.</summary>
    const int LargestScript = 256 * 1024;

    /// <summary>Names in some texts, and in the texts of files of the working folder that they name, and so on.</summary>
    /// <param name="programs">Those that there are.</param>
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

    /// <summary>Names of what lies in some folders.</summary>
    public static IReadOnlySet<string> Of(IEnumerable<string> folders) =>
        folders.Where(Directory.Exists).SelectMany(Directory.EnumerateFileSystemEntries).Select(f => Path.GetFileName(f)!).ToHashSet(StringComparer.Ordinal);

    /// <summary>A source, and nothing through links: inputs are not read for what they might call.</summary>
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

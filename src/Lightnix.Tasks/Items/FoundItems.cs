using System.Buffers;
using System.IO.Enumeration;

namespace Lightnix.Tasks;

/// <summary>The items that MSBuild found, by name: whether a text gave one of them, without an evaluation.</summary>
/// <param name="directory">The project's folder.</param>
sealed class FoundItems(string directory, IReadOnlyCollection<DeclaredItem> items)
{
    // Characters of wildcards, references and escapes.
    static readonly SearchValues<char> Special = SearchValues.Create("*?$@%");

    /// <summary>True when there are items with each of these names, or when only MSBuild knows.</summary>
    public bool Names(ItemKind kind, string names) =>
        names.AsSpan().ContainsAny(Special)
        || names.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .All(name => items.Any(item => item.Kind == kind && string.Equals(name, item.Include, StringComparison.OrdinalIgnoreCase)));

    /// <summary>True when each wildcard in the <c>Include</c> of a source matches one of the sources.</summary>
    /// <param name="file">Where it is written.</param>
    public bool Match(string include, string file)
    {
        var known = include
            .Replace("$(MSBuildThisFileDirectory)", Path.GetDirectoryName(file) + "/", StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", directory, StringComparison.OrdinalIgnoreCase);
        return known.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(IsWildcard)
            .All(MatchesOne);
    }

    public static bool IsWildcard(string text) => text.AsSpan().ContainsAny('*', '?');

    bool MatchesOne(string wildcard)
    {
        if (wildcard.AsSpan().ContainsAny('$', '@', '%'))
            return false;
        var pattern = Segments(wildcard);
        return items.Any(item => item.Kind == ItemKind.Source && Matches(pattern, Segments(item.Include)));
    }

    static string[] Segments(string path) => path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);

    // MSBuild's own matching would cost every build the time to make a regular expression. Where this one finds no match, MSBuild is asked.
    static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty || path.IsEmpty)
            return pattern.IsEmpty && path.IsEmpty;
        if (pattern[0] == "**")
            return pattern.Length == 1 || Matches(pattern[1..], path) || Matches(pattern, path[1..]);
        return (pattern[0] == "*.*" || FileSystemName.MatchesSimpleExpression(pattern[0], path[0])) && Matches(pattern[1..], path[1..]);
    }
}

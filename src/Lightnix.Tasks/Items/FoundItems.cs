using System.Buffers;
using System.IO.Enumeration;
using Lightnix.Model;

namespace Lightnix.Tasks;

/// <summary>The items that MSBuild found, by name: whether a text gave one of them, without evaluating anything.</summary>
/// <param name="directory">The project's folder.</param>
sealed class FoundItems(string directory, IReadOnlyCollection<DeclaredItem> items)
{
    // Of wildcards, references and escapes.
    static readonly SearchValues<char> Special = SearchValues.Create("*?$@%");

    readonly ILookup<ItemKind, string> _names = items.ToLookup(item => item.Kind, item => item.Include);

    /// <summary>True when there are items with each of these names, or when that takes MSBuild to know.</summary>
    public bool Names(ItemKind kind, string names) =>
        names.AsSpan().ContainsAny(Special)
        || names.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).All(name => _names[kind].Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>True when each wildcard in the <c>Include</c> of a source matches one of the sources.</summary>
    /// <param name="file">Where it is written.</param>
    public bool Match(string include, string file)
    {
        var known = include
            .Replace("$(MSBuildThisFileDirectory)", Path.GetDirectoryName(file) + "/", StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", directory, StringComparison.OrdinalIgnoreCase);
        return known.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(IsWildcard).All(MatchesOne);
    }

    public static bool IsWildcard(string text) => text.AsSpan().ContainsAny('*', '?');

    bool MatchesOne(string wildcard)
    {
        if (wildcard.AsSpan().ContainsAny('$', '@', '%'))
            return false;
        var pattern = Segments(wildcard);
        return _names[ItemKind.Source].Any(name => Matches(pattern, Segments(name)));
    }

    static string[] Segments(string path) => path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);

    // Without MSBuild's own, which costs every build the time to make a regular expression. What is not found by this is asked of MSBuild.
    static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty || path.IsEmpty)
            return pattern.IsEmpty && path.IsEmpty;
        if (pattern[0] == "**")
            return pattern.Length == 1 || Matches(pattern[1..], path) || Matches(pattern, path[1..]);
        return (pattern[0] == "*.*" || FileSystemName.MatchesSimpleExpression(pattern[0], path[0])) && Matches(pattern[1..], path[1..]);
    }
}

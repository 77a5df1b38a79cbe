using System.Buffers;
using Lightnix.Model;
using Microsoft.Build.Globbing;

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
        var glob = MSBuildGlob.Parse(directory, wildcard);
        return _names[ItemKind.Source].Any(glob.IsMatch);
    }
}

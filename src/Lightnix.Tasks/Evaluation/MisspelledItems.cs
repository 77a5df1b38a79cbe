using Lightnix.Planning;

namespace Lightnix.Tasks;

/// <summary>Knows an item of Lightnix by its misspelled name. MSBuild takes any name for an item's, so it would ignore a
/// <c>&lt;Promis&gt;</c>. Authors and other SDKs have items of their own, and a wrong warning about one of these would be worse.</summary>
static class MisspelledItems
{
    // The shortest and the longest name that is one slip away from a name of Lightnix.
    const int Shortest = 4;
    const int Longest = 8;
    static readonly ItemKind[] Kinds = Enum.GetValues<ItemKind>();

    /// <summary>The item that is one slip of the fingers away: <c>Promis</c>, <c>Stages</c>, <c>Soruce</c>. Upper and lower case do not
    /// matter to MSBuild. Names that are two slips away are words of their own, as <c>Resource</c>, <c>Storage</c> and
    /// <c>Page</c>.</summary>
    public static ItemKind? Meant(ReadOnlySpan<char> name)
    {
        if (name.Length is < Shortest or > Longest)
            return null;
        var text = name.ToString();
        foreach (var kind in Kinds)
        {
            if (Spelling.Distance(text, kind.ToString()) == 1)
                return kind;
        }
        return null;
    }

    /// <summary>True when an item's metadata belong on the meant one: <c>State</c> and <c>Watcher</c> are good names for others.</summary>
    public static bool Fits(ItemKind meant, IReadOnlyCollection<string> metadata) =>
        metadata.Any(name => Schema.Has(meant, name)) || (meant == ItemKind.Source && metadata.Count == 0);
}

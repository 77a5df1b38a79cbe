using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>
/// Knows an item of ours by its misspelled name. MSBuild takes any name for an item's, so a <c>&lt;Promis&gt;</c> would never be checked and nobody would say so; but
/// authors and other SDKs have items of their own, and to call one of these a mistake would be worse.
/// </summary>
public static class MisspelledItems
{
    // The shortest and the longest name that one slip of the fingers makes of ours.
    const int Shortest = 4;
    const int Longest = 8;

    static readonly (string Name, ItemKind Kind)[] Kinds = [.. Enum.GetValues<ItemKind>().Select(kind => (kind.ToString(), kind))];

    /// <summary>The item that is one slip of the fingers away: <c>Promis</c>, <c>Stages</c>, <c>Soruce</c>. Upper and lower case do not matter to MSBuild. Two slips away are words of their own, as <c>Resource</c>, <c>Storage</c> and <c>Page</c>.</summary>
    public static ItemKind? Meant(ReadOnlySpan<char> name)
    {
        if (name.Length is < Shortest or > Longest)
            return null;
        var text = name.ToString();
        return Kinds.Where(k => Spelling.Distance(text, k.Name) == 1).Select(k => (ItemKind?)k.Kind).FirstOrDefault();
    }

    /// <summary>True when what is written on an item is what belongs on ours: <c>State</c> and <c>Watcher</c> are good names for something else.</summary>
    public static bool Fits(ItemKind meant, IReadOnlyCollection<string> metadata) =>
        metadata.Any(Schema.Of(meant).ContainsKey) || (meant == ItemKind.Source && metadata.Count == 0);
}

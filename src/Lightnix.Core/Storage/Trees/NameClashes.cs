namespace Lightnix.Storage;

/// <summary>Names of a tree that are equal but for case or Unicode form: kept, but the tree cannot be placed on every system.</summary>
public static class NameClashes
{
    /// <summary>Sentences for a warning, sorted; empty for almost every tree.</summary>
    /// <remarks>Where .NET runs without its globalization data, it compares case only.</remarks>
    public static ImmutableArray<string> Of(Tree tree)
    {
        var paths = new HashSet<RelativePath>();
        foreach (var entry in tree.Entries)
        {
            // What lies below folders that clash does not clash by itself.
            for (var path = entry.Path; !path.IsRoot && paths.Add(path);)
                path = path.Parent;
        }
        return
        [
            .. paths.GroupBy(p => (p.Parent, Folded(p.Name)))
                .Where(g => g.Skip(1).Any())
                .Select(g => string.Join(" and ", g.Order().Select(p => $"'{Visible.Short(p.ToString())}'"))
                    + " differ only in case or Unicode form")
                .Order(StringComparer.Ordinal),
        ];
    }

    static string Folded(string name) => name.Normalize(NormalizationForm.FormC).ToUpperInvariant();
}

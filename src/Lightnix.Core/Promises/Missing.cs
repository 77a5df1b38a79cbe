namespace Lightnix.Promises;

/// <summary>The sentence about a missing path, with similar names that are there: most missing files have one.</summary>
internal static class Missing
{
    const int Shown = 5;

    public static string Sentence(RelativePath path, Tree tree)
    {
        if (tree.Find(path) is TreeEntry.Link link)
            return $"{path} is a symbolic link to '{link.Target}', which leads to nothing in the result";
        if (tree.Entries.IsEmpty)
            return $"{path} is missing: the result is empty";

        var near = Near(path, tree);
        return near.IsEmpty
            ? $"{path} is missing; the result holds {Quoted.Names(tree.Entries.Select(e => e.Path.ToString()), Shown)}"
            : $"{path} is missing; near it is {Quoted.Names(near.Select(p => p.ToString()), Shown)}";
    }

    static ImmutableArray<RelativePath> Near(RelativePath path, Tree tree) =>
        [.. WithFolders(tree).Select(p => (Path: p, Distance: Distance(path, p))).Where(p => p.Distance is not null)
            .OrderBy(p => p.Distance).ThenBy(p => p.Path).Select(p => p.Path).Take(Shown)];

    static IEnumerable<RelativePath> WithFolders(Tree tree) => tree.Entries.SelectMany(e => Above(e.Path)).Distinct();

    static IEnumerable<RelativePath> Above(RelativePath path)
    {
        for (; !path.IsRoot; path = path.Parent)
            yield return path;
    }

    /// <summary>Distance of a name from the promised one; null: it is not similar.</summary>
    static int? Distance(RelativePath wanted, RelativePath there)
    {
        if (string.Equals(wanted.ToString(), there.ToString(), StringComparison.OrdinalIgnoreCase))
            return 0;
        if (string.Equals(wanted.Name, there.Name, StringComparison.OrdinalIgnoreCase))
            return 1;
        var limit = Math.Max(2, wanted.ToString().Length / 4);
        if (Math.Abs(wanted.ToString().Length - there.ToString().Length) > limit)
            return null;
        var edits = Spelling.Distance(wanted.ToString(), there.ToString());
        return edits <= limit ? edits + 1 : null;
    }
}

namespace Lightnix.Explaining;

/// <summary>A path that differs between two trees.</summary>
/// <param name="Before">Null: it is new.</param>
/// <param name="Now">Null: it is gone.</param>
public sealed record FileChange(RelativePath Path, TreeEntry? Before, TreeEntry? Now)
{
    /// <summary>All differences of two trees, sorted by path.</summary>
    public static ImmutableArray<FileChange> Between(Tree before, Tree now)
    {
        var old = before.Entries.ToImmutableSortedDictionary(e => e.Path, e => e);
        var young = now.Entries.ToImmutableSortedDictionary(e => e.Path, e => e);
        return
        [
            .. old.Keys.Union(young.Keys).Order().Select(p => new FileChange(p, old.GetValueOrDefault(p), young.GetValueOrDefault(p)))
                .Where(c => c.Before != c.Now),
        ];
    }
}

namespace Lightnix.Explaining;

/// <summary>A path that differs between two trees.</summary>
/// <param name="Before">Null: it is new.</param>
/// <param name="Now">Null: it is gone.</param>
public sealed record FileChange(RelativePath Path, TreeEntry? Before, TreeEntry? Now)
{
    /// <summary>All differences of two trees, sorted by path.</summary>
    public static ImmutableArray<FileChange> Between(Tree before, Tree now)
    {
        var (old, young) = (before.Entries.ToImmutableDictionary(e => e.Path), now.Entries.ToImmutableDictionary(e => e.Path));
        return
        [
            .. old.Keys.Union(young.Keys).Order().Select(p => new FileChange(p, old.GetValueOrDefault(p), young.GetValueOrDefault(p)))
                .Where(c => c.Before != c.Now),
        ];
    }
}

namespace Lightnix.Planning;

/// <summary>What a stage needs of others: whole trees, or just paths of them.</summary>
sealed class InputNeeds
{
    // An empty set: the whole tree.
    readonly SortedDictionary<StageName, SortedSet<RelativePath>> _needs = [];

    public IEnumerable<StageName> Stages => _needs.Keys;

    public void AddWhole(StageName stage) => _needs[stage] = [];

    public void Add(StageName stage, RelativePath path)
    {
        if (!_needs.TryGetValue(stage, out var paths))
            _needs[stage] = [path];
        else if (paths.Count > 0)
            paths.Add(path);
    }

    /// <summary>The paths that count, sorted, none below another; empty: the whole tree.</summary>
    public ImmutableArray<RelativePath> PathsOf(StageName stage) => [.. _needs[stage].Where(path => !IsBelowAnother(stage, path))];

    bool IsBelowAnother(StageName stage, RelativePath path)
    {
        for (var above = path.Parent; !above.IsRoot; above = above.Parent)
        {
            if (_needs[stage].Contains(above))
                return true;
        }
        return false;
    }
}

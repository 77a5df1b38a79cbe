namespace Lightnix.Planning;

/// <summary>Which stage needs which, as declared. All cells of a matrix share one text, so a cycle of matrices is a cycle of cells, and an
/// order of matrices is an order of cells.</summary>
sealed class StageGraph
{
    // By name: what comes first then does not depend on the order of the items.
    readonly ImmutableArray<StageDraft> _sorted;
    readonly ImmutableArray<ImmutableArray<int>> _needs;

    public StageGraph(ImmutableArray<StageDraft> drafts, ImmutableArray<StageLinks> links)
    {
        _sorted = [.. drafts.OrderBy(d => d.Item.Include, StringComparer.OrdinalIgnoreCase).ThenBy(d => d.Number)];
        var rank = new int[drafts.Length];
        for (var i = 0; i < _sorted.Length; i++)
            rank[_sorted[i].Number] = i;
        _needs = [.. _sorted.Select(d => links[d.Number].Drafts.Select(n => rank[n]).Order().ToImmutableArray())];
    }

    /// <summary>Each cycle once, starting and ending with its first stage by name.</summary>
    public IEnumerable<ImmutableArray<StageDraft>> Cycles() =>
        Planning.Cycles.Of(_needs).Select(cycle => cycle.Add(cycle[0]).Select(i => _sorted[i]).ToImmutableArray());

    /// <summary>Every stage after what it needs. Only without cycles.</summary>
    public IEnumerable<StageDraft> InOrder() => StageOrder.Of(_needs).Select(i => _sorted[i]);
}

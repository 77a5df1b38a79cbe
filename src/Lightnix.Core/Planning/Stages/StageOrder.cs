namespace Lightnix.Planning;

/// <summary>Puts stages after those that they need. Of the ready ones the lowest number is first: nothing else decides.</summary>
static class StageOrder
{
    /// <param name="needs">For each stage, by number, the numbers of the stages that it needs. Without cycles.</param>
    public static ImmutableArray<int> Of(IReadOnlyList<ImmutableArray<int>> needs)
    {
        var waiting = needs.Select(n => n.Length).ToArray();
        var neededBy = needs.Select(_ => new List<int>()).ToArray();
        for (var stage = 0; stage < needs.Count; stage++)
        {
            foreach (var need in needs[stage])
                neededBy[need].Add(stage);
        }
        var ready = new SortedSet<int>(Enumerable.Range(0, needs.Count).Where(stage => waiting[stage] == 0));
        var order = ImmutableArray.CreateBuilder<int>(needs.Count);
        while (ready.Min is var next && ready.Remove(next))
        {
            order.Add(next);
            foreach (var stage in neededBy[next])
            {
                if (--waiting[stage] == 0)
                    ready.Add(stage);
            }
        }
        return order.ToImmutable();
    }
}

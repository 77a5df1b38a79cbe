namespace Lightnix.Storage;

/// <summary>Finds the names of results and records.</summary>
/// <param name="roots">All that can be read, also of projects that are gone.</param>
sealed class GarbageNames(StoreLayout layout, StoreInventory inventory, Reachability reachable, IEnumerable<Root> roots)
{
    readonly ILookup<Reference<Resolved>, NamedRecords> _named = roots
        .SelectMany(root => root.Stages
            // Of a choice, another stage made the results.
            .SelectMany(s => s.Value.Results.Where(r => r.Winner is null).Select(r => r.Resolved).Distinct()
                .Select(r => new NamedRecords(r, root.Project, s.Key, s.Value.Matcher.Metric)))
            .Concat(root.Pending.Select(p => new NamedRecords(p.Value, root.Project, p.Key, null))))
        .ToLookup(n => n.Resolved);

    /// <summary>The name of a result; null for a tree that no run gave.</summary>
    public GarbageName? Of(Reference<Tree> tree)
    {
        var runs = inventory.Runs[tree].ToList();
        var named = runs.SelectMany(r => _named[r.Facts.Resolved]).FirstOrDefault();
        if (runs.Count == 0)
            return null;
        var own = named is null ? runs : runs.FindAll(r => r.Facts.Resolved == named.Resolved);
        return new(named?.Project, named?.Stage ?? NameIn(own[^1].Facts), Replicates(own.Select(r => r.Facts)),
            named?.Metric is { } metric ? reachable.Metric(tree, metric)?.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The name of the records of a resolved derivation.</summary>
    public GarbageName? Of(Reference<Resolved> resolved)
    {
        var facts = inventory.Known[resolved].Facts.ToList();
        var named = _named[resolved].FirstOrDefault();
        return named is null && facts.Count == 0
            ? null
            : new(named?.Project, named?.Stage ?? NameIn(facts[^1]), Replicates(facts), null);
    }

    static ImmutableArray<int> Replicates(IEnumerable<RunFacts> facts) => [.. facts.Select(f => f.Replicate).Distinct().Order()];

    string NameIn(RunFacts facts) => RecordFile.TryRead<Derivation>(layout.Of(facts.Derivation))?.Name.ToString() ?? "";

    sealed record NamedRecords(Reference<Resolved> Resolved, string Project, string Stage, Metric? Metric);
}

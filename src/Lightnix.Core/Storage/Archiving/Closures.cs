namespace Lightnix.Storage;

/// <summary>Finds closures of results. Nothing is written.</summary>
public sealed class Closures(Store store)
{
    /// <summary>Results, and all results that they were made from.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public Closure Of(IEnumerable<Realization> results)
    {
        var walk = new ClosureWalk(store);
        foreach (var result in results)
            walk.Ask(result);
        return walk.Finish();
    }

    /// <summary>What is chosen for stages and for all stages that they read, with what the results were made from. Of what their matchers
    /// count, each run belongs to it, and the files that rank and judge its result: a build elsewhere chooses as the last build did, and
    /// runs nothing.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public Closure OfStages(IEnumerable<(Root Root, Selection Selection)> stages)
    {
        var walk = new ClosureWalk(store);
        var roots = store.Roots.Readable().ToImmutableArray();
        foreach (var project in stages.GroupBy(s => s.Root, s => s.Selection))
        {
            foreach (var result in project.SelectMany(s => s.Results))
                walk.Ask(new(result.Resolved, result.Tree));
            foreach (var (of, read) in WithInputs(roots, project.Key, project.Select(s => s.Derivation)))
                walk.Count(of, read);
        }
        return walk.Finish();
    }

    // Stages of the project come before those of other projects, which may have another choice for the same derivation.
    IEnumerable<(Root Root, Selection Selection)> WithInputs(
        IEnumerable<Root> roots, Root root, IEnumerable<Reference<Derivation>> derivations)
    {
        var chosen = roots.Where(r => r.Project != root.Project).Prepend(root)
            .SelectMany(r => r.Stages.Values, (r, s) => (Root: r, Selection: s)).ToLookup(c => c.Selection.Derivation);
        var (seen, pending) = (new HashSet<Reference<Derivation>>(), new Stack<Reference<Derivation>>(derivations));
        while (pending.TryPop(out var derivation))
        {
            if (!seen.Add(derivation))
                continue;
            foreach (var found in chosen[derivation].Take(1))
                yield return found;
            foreach (var input in store.Records.Find(derivation)?.Inputs ?? [])
                pending.Push(input.Derivation);
        }
    }
}

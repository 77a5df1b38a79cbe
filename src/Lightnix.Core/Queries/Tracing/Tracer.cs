using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Finds where results came from, by the context that each run recorded. It reads records only.</summary>
public sealed class Tracer(Store store)
{
    readonly Lazy<ImmutableDictionary<Reference<Realization>, Reference<Resolved>>> _known =
        new(() => new StoreIndex(store).Realizations());
    readonly Lazy<ILookup<Reference<Realization>, ChosenAs>> _chosen = new(() => (
        from root in store.Roots.Readable()
        from stage in root.Stages
        from result in stage.Value.Results
        select (result.Realization, As: new ChosenAs(root.Project, stage.Key, result.Metric))).ToLookup(c => c.Realization, c => c.As));

    /// <summary>Results with all that they were made from.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public Trace Of(IEnumerable<Realization> realizations) => Walk(realizations, throughAdoptions: false);

    /// <summary>Results with all that their runs read. An adopted result read nothing: the one that it was taken from follows.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public Trace OfRuns(IEnumerable<Realization> realizations) => Walk(realizations, throughAdoptions: true);

    Trace Walk(IEnumerable<Realization> realizations, bool throughAdoptions)
    {
        var (seen, results) = (new HashSet<Realization>(), ImmutableArray.CreateBuilder<TracedResult>());
        var pending = new Queue<Realization>(realizations);
        while (pending.TryDequeue(out var realization))
        {
            if (!seen.Add(realization))
                continue;
            var result = Of(realization);
            results.Add(result);
            var next = throughAdoptions && result.Run?.Adopted is { } adopted ? [adopted.From] : result.Inputs.Select(i => i.Realization);
            foreach (var input in next.Select(Find).OfType<Realization>())
                pending.Enqueue(input);
        }
        return new(results.ToImmutable());
    }

    /// <summary>The results that have one of these trees, those that a project has chosen first, then the newest first.</summary>
    public ImmutableArray<Realization> With(IReadOnlySet<Reference<Tree>> trees) =>
    [
        .. _known.Value.Keys.Select(Find).OfType<Realization>().Where(r => trees.Contains(r.Tree)).Select(Of)
            .OrderByDescending(r => r.ChosenBy.Length > 0).ThenByDescending(r => r.Run?.Facts.End).ThenBy(r => r.Reference)
            .Select(r => r.Realization),
    ];

    TracedResult Of(Realization realization)
    {
        var history = store.Records.History(realization.Resolved);
        var run = history.FirstOf(realization.Tree);
        return new(
            realization,
            run is null ? null : store.Records.Find(run.Facts.Derivation),
            store.Records.Find(realization.Resolved),
            run,
            store.Trees.Contains(realization.Tree),
            [.. _chosen.Value[realization.Reference()]],
            run is null ? [] : [.. run.Facts.Context.SelectMany(c => c.Value.Select(r => new TracedInput(c.Key, r)))])
        {
            Notes = run is null ? [] : history.NotesOf(run.Reference().Digest),
        };
    }

    Realization? Find(Reference<Realization> reference) =>
        _known.Value.TryGetValue(reference, out var resolved) ? store.Records.Find(reference, resolved) : null;
}

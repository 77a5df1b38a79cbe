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
    public Trace Of(IEnumerable<Realization> realizations) => Of(realizations, Of);

    /// <summary>The same by the runs that took place: an adopted result has the run that it was adopted from, with its derivation and
    /// inputs; both are null where the store does not know them any more.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public Trace OfMade(IEnumerable<Realization> realizations) => Of(realizations, Made);

    Trace Of(IEnumerable<Realization> realizations, Func<Realization, TracedResult> traced)
    {
        var (seen, results) = (new HashSet<Realization>(), ImmutableArray.CreateBuilder<TracedResult>());
        var pending = new Queue<Realization>(realizations);
        while (pending.TryDequeue(out var realization))
        {
            if (!seen.Add(realization))
                continue;
            var result = traced(realization);
            results.Add(result);
            foreach (var input in result.Inputs.Select(i => Find(i.Realization)).OfType<Realization>())
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
            InputsOf(run))
        {
            Notes = run is null ? [] : history.NotesOf(run.Reference().Digest),
        };
    }

    TracedResult Made(Realization realization)
    {
        var result = Of(realization);
        if (result.Run is not { Adopted: { } adopted } adopting)
            return result;
        var run = Find(adopted.From) is not { } from ? null
            : store.Records.History(from.Resolved).Runs.FirstOrDefault(r => r.Reference() == adopted.Run);
        return result with
        {
            Derivation = run is null ? null : store.Records.Find(run.Facts.Derivation),
            Resolved = run is null ? null : store.Records.Find(run.Facts.Resolved),
            Run = run,
            Inputs = InputsOf(run),
            AdoptedBy = adopting,
        };
    }

    static ImmutableArray<TracedInput> InputsOf(Run? run) =>
        run is null ? [] : [.. run.Facts.Context.SelectMany(c => c.Value.Select(r => new TracedInput(c.Key, r)))];

    Realization? Find(Reference<Realization> reference) =>
        _known.Value.TryGetValue(reference, out var resolved) ? store.Records.Find(reference, resolved) : null;
}

using Lightnix.Promises;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What became of results. Every command asks here, so that states agree.</summary>
/// <remarks>Roots are read once, and rejections and notes once for each resolved derivation.</remarks>
sealed class ResultStates(Store store)
{
    readonly Dictionary<Reference<Resolved>, History> _decisions = [];
    (Reference<Resolved> Of, History History)? _last;

    readonly Lazy<HashSet<Reference<Realization>>> _chosen = new(() =>
        [.. store.Roots.Readable().SelectMany(r => r.Stages.Values).SelectMany(s => s.Choice.Realizations)]);

    public Store Store { get; } = store;

    /// <summary>Why a result was rejected; null if it was not.</summary>
    public string? Rejection(Reference<Resolved> resolved, Reference<Realization> realization) =>
        Decisions(resolved).Rejections.FirstOrDefault(r => r.Realization == realization)?.Reason;

    /// <summary>Remarks about a run, the oldest first.</summary>
    public ImmutableArray<Note> Notes(Run run) => Decisions(run.Facts.Resolved).NotesOf(run.Reference().Digest);

    /// <summary>Remarks about a failed run, the oldest first.</summary>
    public ImmutableArray<Note> Notes(Failure failure) => Decisions(failure.Facts.Resolved).NotesOf(failure.Reference().Digest);

    /// <summary>All that is known of a resolved derivation. Only the last one that was asked for stays in memory with its runs.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public History History(Reference<Resolved> resolved)
    {
        if (_last?.Of != resolved)
        {
            _last = (resolved, Store.Records.History(resolved));
            _decisions[resolved] = _last.Value.History with { Runs = [], Failures = [] };
        }
        return _last.Value.History;
    }

    // Without the runs: a store may have many.
    History Decisions(Reference<Resolved> resolved)
    {
        if (!_decisions.ContainsKey(resolved))
            History(resolved);
        return _decisions[resolved];
    }

    /// <inheritdoc cref="Rejection(Reference{Resolved},Reference{Realization})"/>
    public string? Rejection(Run run) => Rejection(run.Facts.Resolved, run.Realization);

    /// <summary>The state of a run's result: <c>rejected</c>, <c>chosen</c> by the last build of a project, <c>kept</c> or
    /// <c>collected</c>.</summary>
    public string Of(Run run) => Of(run.Facts.Resolved, run.Realization, run.Tree);

    /// <inheritdoc cref="Of(Run)"/>
    public string Of(Reference<Resolved> resolved, Reference<Realization> realization, Reference<Tree> tree)
    {
        if (Rejection(resolved, realization) is not null)
            return "rejected";
        if (_chosen.Value.Contains(realization))
            return "chosen";
        return Store.Trees.Contains(tree) ? "kept" : "collected";
    }

    /// <summary>The metric of a run by the matcher of a selection; null if it has none, or if it cannot be read.</summary>
    public string? Metric(Run run, Selection? selection)
    {
        if (selection?.Matcher.Metric is not { } metric)
            return null;
        try
        {
            return Store.Trees.Find(run.Tree) is { } tree ? PromiseCheck.Read(metric, Store.Trees.Open(tree)).Text : null;
        }
        catch (Exception e) when (e is IOException or StoreException)
        {
            return null;
        }
    }
}

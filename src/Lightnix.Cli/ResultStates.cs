using Lightnix.Promises;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What became of results. Every command asks here, so that states agree.</summary>
/// <remarks>Roots are read once, and rejections once for each resolved derivation.</remarks>
sealed class ResultStates(Store store)
{
    readonly Dictionary<Reference<Resolved>, ImmutableArray<Rejection>> _rejections = [];
    readonly Lazy<HashSet<Reference<Realization>>> _chosen = new(() =>
        [.. store.Roots.Readable().SelectMany(r => r.Stages.Values).SelectMany(s => s.Choice.Realizations)]);

    public Store Store { get; } = store;

    /// <summary>Why a result was rejected; null if it was not.</summary>
    public string? Rejection(Reference<Resolved> resolved, Reference<Realization> realization)
    {
        if (!_rejections.TryGetValue(resolved, out var rejections))
            _rejections.Add(resolved, rejections = Store.Records.History(resolved).Rejections);
        return rejections.FirstOrDefault(r => r.Realization == realization)?.Reason;
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

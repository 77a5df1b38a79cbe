using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What became of results: the one function that all verbs ask. Roots are read once, and rejections once of each resolved derivation.</summary>
sealed class RunStates(Store store)
{
    readonly Dictionary<Reference<Resolved>, ImmutableArray<Rejection>> _rejections = [];
    readonly Lazy<HashSet<Reference<Realization>>> _chosen = new(() =>
        [.. store.Roots.All().Select(r => r.Root).OfType<Root>().SelectMany(r => r.Stages.Values).SelectMany(s => s.Choice.Realizations)]);

    public Store Store { get; } = store;

    /// <summary>Why a result was rejected; null where it was not.</summary>
    public string? Rejection(Reference<Resolved> resolved, Reference<Realization> realization)
    {
        if (!_rejections.TryGetValue(resolved, out var rejections))
            _rejections.Add(resolved, rejections = Store.Records.History(resolved).Rejections);
        return rejections.FirstOrDefault(r => r.Realization == realization)?.Reason;
    }

    /// <summary>As <see cref="Rejection(Reference{Resolved},Reference{Realization})"/>, of what a run gave.</summary>
    public string? Rejection(Run run) => Rejection(run.Facts.Resolved, run.Realization);

    /// <summary>Of the result of a run, whoever asks: <c>rejected</c>, <c>chosen</c> by the last build of any project, <c>kept</c> or <c>collected</c>.</summary>
    public string Of(Run run) => Of(run.Facts.Resolved, run.Realization, run.Tree);

    /// <inheritdoc cref="Of(Run)"/>
    public string Of(Reference<Resolved> resolved, Reference<Realization> realization, Reference<Tree> tree) =>
        Rejection(resolved, realization) is not null ? "rejected"
        : _chosen.Value.Contains(realization) ? "chosen"
        : Store.Trees.Contains(tree) ? "kept" : "collected";
}

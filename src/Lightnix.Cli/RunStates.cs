using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What became of runs. Of each resolved derivation, rejections are read once, however many runs it has.</summary>
sealed class RunStates(Store store)
{
    readonly Dictionary<Reference<Resolved>, ImmutableArray<Rejection>> _rejections = [];

    public Store Store { get; } = store;

    /// <summary>Why the result of a run was rejected; null where it was not.</summary>
    public string? Rejection(Run run)
    {
        if (!_rejections.TryGetValue(run.Facts.Resolved, out var rejections))
            _rejections.Add(run.Facts.Resolved, rejections = Store.Records.History(run.Facts.Resolved).Rejections);
        return rejections.FirstOrDefault(r => r.Realization == run.Realization)?.Reason;
    }

    public string Of(Run run, Selection? selection) =>
        Rejection(run) is not null ? "rejected"
        : selection?.Realizations.Contains(run.Realization) == true ? "chosen"
        : Store.Trees.Contains(run.Tree) ? "kept" : "collected";
}

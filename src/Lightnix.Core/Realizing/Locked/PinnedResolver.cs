using Lightnix.Contracts;
using Lightnix.Explaining;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Resolves stages as a lock file pins them: tools and day are those of the pinned results, not of this machine.</summary>
/// <param name="mismatches">Of <see cref="LockCheck"/>.</param>
public sealed class PinnedResolver(
    LockFile file, ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>> mismatches, Resolver resolver, ITraces traces)
    : IResolver
{
    /// <inheritdoc/>
    public async Task<(ResolvedStage? Resolved, ImmutableArray<Diagnostic> Problems)> ResolveAsync(
        PlannedStage stage, ImmutableArray<Choice>? inputs, CancellationToken cancellationToken)
    {
        if (mismatches.TryGetValue(stage.Name, out var mismatch))
            return (null, mismatch);
        if (inputs is not { } choices)
            return (null, []);
        var pins = file.Stages[stage.Name];
        if (await traces.FindAsync(pins.Resolved, cancellationToken).ConfigureAwait(false) is not { } pinned)
            return (null, [LockErrors.NotHere(stage, pins.Results[0].Realization.Short, "is not in the store")]);
        var (resolved, problems) = resolver.Resolve(stage, choices, pinned);
        return resolved is null || resolved.Reference == pins.Resolved ? (resolved, problems)
            : (null, [LockErrors.Mixed(stage, Differences.Between(pinned, resolved.Resolved))]);
    }
}

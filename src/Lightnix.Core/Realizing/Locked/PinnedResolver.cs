using Lightnix.Contracts;
using Lightnix.Explaining;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Resolves stages as a lock file pins them: tools and day are those of the pinned results, not of this machine.</summary>
/// <param name="mismatches">Of <see cref="LockCheck"/>.</param>
public sealed class PinnedResolver(
    LockFile file, ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>> mismatches, Resolver resolver, ITraces traces)
    : IResolver
{
    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(
        PlannedStage stage, ImmutableArray<ChosenInput>? inputs, CancellationToken cancellationToken)
    {
        if (mismatches.TryGetValue(stage.Name, out var mismatch))
            return new(null, mismatch);
        if (inputs is not { } choices)
            return Resolution.Blocked;
        // A stage that had no result, and that only choices read that skip failures: it is not tried.
        if (file.Stages.GetValueOrDefault(stage.Name) is not { } pins)
            return Resolution.Blocked;
        if (await traces.FindAsync(pins.Resolved, cancellationToken).ConfigureAwait(false) is not { } pinned)
            return Resolution.Of(LockErrors.NotHere(stage, pins.Results[0].Realization.Short, "is not in the store"));
        var resolution = resolver.Resolve(stage, choices, pinned);
        return resolution.Stage is not { } resolved || resolved.Reference == pins.Resolved ? resolution
            : Resolution.Of(LockErrors.Mixed(stage, Differences.Between(pinned, resolved.Resolved)));
    }
}

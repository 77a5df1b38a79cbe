namespace Lightnix.Matching;

/// <summary>What a lock file pins, in place of what a matcher would choose: the pinned realizations in their order, as long as all of them
/// may be chosen.</summary>
public static class LockedChoice
{
    /// <summary>True when the pins are of the same resolved derivation and the same matcher as the stage.</summary>
    public static bool Fits(LockedStage pins, Matcher matcher, Reference<Resolved> resolved) =>
        pins.Resolved == resolved && matcher == pins.Matcher;

    /// <summary>Why one of the pinned realizations may not be chosen; null where all may.</summary>
    /// <param name="candidates">Every realization of the resolved derivation.</param>
    /// <param name="isLost">True for a realization whose tree is gone and cannot be made again.</param>
    public static LockObstacle? Obstacle(LockedStage pins, IEnumerable<Candidate> candidates, Func<Reference<Realization>, bool> isLost)
    {
        var known = candidates.ToImmutableSortedDictionary(c => c.Realization, c => c);
        return pins.Results.Select(r => Obstacle(r.Realization, known.GetValueOrDefault(r.Realization), isLost)).OfType<LockObstacle>()
            .FirstOrDefault();
    }

    static LockObstacle? Obstacle(Reference<Realization> pinned, Candidate? candidate, Func<Reference<Realization>, bool> isLost) =>
        candidate switch
        {
            null => new(pinned, true, "is not in the store"),
            { Lost: true } => new(pinned, true, "was collected from the store, and could not be made again"),
            { Unknown: not null } => new(pinned, true, "was collected from the store"),
            _ when isLost(pinned) => new(pinned, true, "was collected from the store"),
            { Rejected: true } => new(pinned, false, "was rejected"),
            { KeepsPromises: false } => new(pinned, false, $"breaks its promises{(candidate.Ineligible is { } why ? $": {why}" : "")}"),
            _ => null,
        };

    /// <summary>The pinned realizations as a decision.</summary>
    public static Decision.Selected Of(LockedStage pins) => new([.. pins.Results.Select(r => r.Realization)], null);
}

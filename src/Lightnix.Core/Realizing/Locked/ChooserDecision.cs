using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>A decision, and what a lock file has to do with it.</summary>
/// <param name="IsPinned">True where the lock file decided.</param>
/// <param name="Obstacle">Why the lock file did not decide although it fits.</param>
public sealed record ChooserDecision(Decision Decision, bool IsPinned, LockObstacle? Obstacle)
{
    /// <summary>Why a locked build cannot choose what is pinned.</summary>
    public ImmutableArray<Diagnostic> Problems { get; init; } = [];

    /// <summary>Asks what is still open of the candidates; null where nothing is.</summary>
    internal static ChooserDecision? Ask(ImmutableArray<Judged> candidates) =>
        candidates.SelectMany(c => c.Candidate.Open).ToImmutableArray() is { IsEmpty: false } open
            ? new(new Decision.Ask(open), false, null) : null;
}

namespace Lightnix.Matching;

/// <summary>Why a pinned realization may not be chosen.</summary>
/// <param name="IsMissing">True where only this store lacks it.</param>
/// <param name="Reason">As <c>was rejected</c>.</param>
public sealed record LockObstacle(Reference<Realization> Pinned, bool IsMissing, string Reason);

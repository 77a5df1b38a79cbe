namespace Lightnix.Queries;

/// <summary>A promised number in each of the chosen results.</summary>
/// <param name="Values">In the order of the choice; NaN if it cannot be read. Empty if there is no choice.</param>
public sealed record PromisedNumber(Promise Promise, ImmutableArray<double> Values);

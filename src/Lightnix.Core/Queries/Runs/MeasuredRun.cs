namespace Lightnix.Queries;

/// <summary>A completed run with its numbers.</summary>
/// <param name="Values">Texts of its metrics by name; a metric that cannot be read is left out.</param>
public sealed record MeasuredRun(Run Run, ImmutableSortedDictionary<string, string> Values);

namespace Lightnix.Queries;

/// <summary>A result that a run has read.</summary>
/// <param name="At">The folder below <c>in/</c>: the stage's name, or <c>project.stage</c>.</param>
public sealed record TracedInput(string At, Reference<Realization> Realization);

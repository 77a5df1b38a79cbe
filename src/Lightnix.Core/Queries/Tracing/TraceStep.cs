namespace Lightnix.Queries;

/// <summary>A result on the way from what was asked for down to its sources.</summary>
/// <param name="Names">The stage that was asked for, then the inputs on the way, each by its folder below <c>in/</c>.</param>
/// <param name="Result">Null if the store knows nothing of it any more.</param>
/// <param name="IsRepeated">True if an earlier step had it: its inputs do not follow again.</param>
public sealed record TraceStep(ImmutableList<string> Names, Reference<Realization> Realization, TracedResult? Result, bool IsRepeated);

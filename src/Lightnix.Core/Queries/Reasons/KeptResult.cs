namespace Lightnix.Queries;

/// <summary>A result on the way from a keeper.</summary>
/// <param name="Stage">Null where it is not known.</param>
public sealed record KeptResult(string? Stage, Reference<Realization> Realization);

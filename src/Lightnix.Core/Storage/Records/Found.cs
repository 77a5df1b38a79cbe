namespace Lightnix.Storage;

/// <summary>Something in a store.</summary>
/// <param name="In">Of a realization, a run or a failure.</param>
public sealed record Found(FoundKind Kind, Digest Digest, Reference<Resolved>? In);

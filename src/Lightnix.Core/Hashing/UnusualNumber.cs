namespace Lightnix.Hashing;

/// <summary>A number of a JSON document that a library may refuse, although the grammar allows it.</summary>
/// <param name="Ordinal">How many numbers stand before it in the document.</param>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">In bytes.</param>
public sealed record UnusualNumber(int Ordinal, long Start, long Length);

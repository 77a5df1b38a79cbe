namespace Lightnix.Schemas;

/// <summary>An item, a metadatum or a property.</summary>
/// <param name="Sentence">The comment above it.</param>
/// <param name="Values">What it may well be; empty: any text.</param>
sealed record Thing(string Name, string Sentence, ImmutableArray<string> Values)
{
    public ImmutableArray<Thing> Metadata { get; init; } = [];
}

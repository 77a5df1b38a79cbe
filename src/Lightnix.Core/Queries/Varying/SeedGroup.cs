namespace Lightnix.Queries;

/// <summary>Runs that had the same seed, in the order in which they were made.</summary>
/// <param name="Seed">Null for a builder without one.</param>
public sealed record SeedGroup(int? Seed, ImmutableArray<Run> Runs)
{
    /// <summary>True if more than one run had the seed.</summary>
    public bool IsRepeated => Runs.Length > 1;

    /// <summary>True if runs gave other bytes than the first.</summary>
    public bool Varies => Runs.Any(r => r.Tree != Runs[0].Tree);
}

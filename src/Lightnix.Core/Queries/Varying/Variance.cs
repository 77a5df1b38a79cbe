namespace Lightnix.Queries;

/// <summary>How much the runs of one resolved derivation differ.</summary>
/// <param name="Stage">The stage's name when its newest run was made; null if its declaration was collected.</param>
/// <param name="Groups">Runs from beginning to end, by seed. The verdict rests on these.</param>
/// <param name="Resumed">Runs that went on from a checkpoint: what they give may depend on where they were interrupted.</param>
/// <param name="Adopted">How many runs did not take place; they prove nothing.</param>
/// <param name="Files">Those that differ between runs of <paramref name="Groups"/>, sorted by path.</param>
/// <param name="Same">How many files are the same in all of these runs.</param>
public sealed record Variance(
    Reference<Resolved> Resolved, string? Stage, ImmutableArray<SeedGroup> Groups, ImmutableArray<Run> Resumed, int Adopted,
    ImmutableArray<VaryingFile> Files, int Same)
{
    public IEnumerable<Run> Runs => Groups.SelectMany(g => g.Runs);

    /// <summary>How many seeds were run more than once.</summary>
    public int Repeated => Groups.Count(g => g.IsRepeated);

    /// <summary>Names of the machines that made the runs, sorted.</summary>
    public ImmutableArray<string> Machines =>
        [.. Runs.Select(r => r.Facts.Host.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public VarianceVerdict Verdict
    {
        get
        {
            if (Repeated == 0)
                return VarianceVerdict.NotKnown;
            if (Groups.Any(g => g.Varies))
                return VarianceVerdict.Varies;
            // Of one seed alone it is not known whether another one would give other bytes.
            return Runs.All(r => r.Tree == Groups[0].Runs[0].Tree) && (Groups.Length > 1 || Groups[0].Seed is null)
                ? VarianceVerdict.Deterministic : VarianceVerdict.DeterministicGivenSeed;
        }
    }

    /// <summary>True if a run from beginning to end with the seed of a resumed run gave the same bytes; null if there is none.</summary>
    public bool? IsAsWithoutInterruption(Run resumed) =>
        Groups.FirstOrDefault(g => g.Seed == resumed.Facts.Seed) is { } group ? group.Runs.Any(r => r.Tree == resumed.Tree) : null;
}

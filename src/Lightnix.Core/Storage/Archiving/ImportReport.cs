namespace Lightnix.Storage;

/// <summary>What came from an archive.</summary>
/// <param name="Results">What was asked for when it was written.</param>
/// <param name="NewRuns">Those that the store did not have.</param>
public sealed record ImportReport(ImmutableArray<Realization> Results, int Runs, int NewRuns)
{
    public int Trees { get; init; }
    public int NewTrees { get; init; }

    /// <summary>Bytes of the new trees.</summary>
    public long NewBytes { get; init; }
}

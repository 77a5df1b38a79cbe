namespace Lightnix.Queries;

/// <summary>Whether runs of the same thing give the same bytes.</summary>
public enum VarianceVerdict
{
    /// <summary>No seed was run twice, so nothing shows whether the same seed gives the same bytes.</summary>
    NotKnown,

    /// <summary>All runs gave the same bytes, whatever their seed.</summary>
    Deterministic,

    /// <summary>Runs with the same seed gave the same bytes.</summary>
    DeterministicGivenSeed,

    /// <summary>Runs with the same seed gave other bytes.</summary>
    Varies,
}

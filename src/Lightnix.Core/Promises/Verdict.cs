namespace Lightnix.Promises;

/// <summary>Whether one promise holds for one tree. A pure function of both, never part of a record.</summary>
/// <param name="Broken">Why it does not hold: one sentence for each reason, quoting what was found; empty: it is kept.</param>
public sealed record Verdict(Promise Promise, ImmutableArray<string> Broken)
{
    public bool IsKept => Broken.IsEmpty;
}

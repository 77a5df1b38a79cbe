using Lightnix.Matching;

namespace Lightnix.Queries;

/// <summary>The results among which a stage chose, in the order of its matcher.</summary>
/// <param name="IsJudged">False where it is not recorded what the promises demand: an older Lightnix built it.</param>
public sealed record Standing(string Stage, Matcher Matcher, ImmutableArray<StandingResult> Results, bool IsJudged);

/// <summary>One of the results among which a stage chose.</summary>
/// <param name="Lacks">Why it was not chosen; null where it was.</param>
/// <param name="IsPresent">True if the store has its files.</param>
public sealed record StandingResult(Candidate Candidate, bool IsChosen, string? Lacks, bool IsPresent)
{
    public ImmutableArray<int> Replicates => [.. Candidate.Runs.Select(r => r.Replicate).Distinct().Order()];
}

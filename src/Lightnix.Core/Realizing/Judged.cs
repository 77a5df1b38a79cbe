using Lightnix.Matching;
using Lightnix.Promises;

namespace Lightnix.Realizing;

/// <summary>A candidate with its tree.</summary>
/// <param name="Broken">Verdicts of the promises that it breaks.</param>
public sealed record Judged(Candidate Candidate, Reference<Tree> Tree, ImmutableArray<Verdict> Broken);

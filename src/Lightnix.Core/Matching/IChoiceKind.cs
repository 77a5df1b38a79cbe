namespace Lightnix.Matching;

/// <summary>A matcher kind that can also choose among what several stages chose.</summary>
interface IChoiceKind
{
    /// <summary>The choice among candidates that may be chosen, best first. Nothing is left to chance.</summary>
    IEnumerable<Candidate> Rank(Matcher matcher, ImmutableArray<Candidate> eligible);
}

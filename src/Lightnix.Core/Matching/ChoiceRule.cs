namespace Lightnix.Matching;

/// <summary>
/// The matcher of a choice, whose candidates are what other stages chose. It never runs anything.
/// </summary>
public static class ChoiceRule
{
    /// <param name="candidates">Each realization once, with its stage.</param>
    public static Decision Decide(Matcher matcher, IEnumerable<Candidate> candidates)
    {
        var all = Candidates.Of(matcher, candidates, ImmutableSortedSet<NextRun>.Empty);
        if (all.Ask is { } ask)
            return ask;
        if (all.Eligible.IsEmpty)
            return new Decision.Unsatisfied(all.All.IsEmpty ? "none of the stages that From names has a result"
                : FormattableString.Invariant(
                    $"of {all.All.Length} {(all.All.Length == 1 ? "candidate" : "candidates")}, {all.Obstacles}"));
        if (matcher.Select == Select.Only && all.Eligible.Length > 1)
            return new Decision.Unsatisfied(Several(all.Eligible));
        var ranked = ((IChoiceKind)MatcherKinds.Of(matcher)).Rank(matcher, all.Eligible).Select(c => c.Realization).ToImmutableArray();
        return new Decision.Selected(ranked, matcher.Select == Select.Best && ranked.Length < matcher.Take
            ? FormattableString.Invariant($"Take is {matcher.Take}, but only {ranked.Length} of {all.All.Length} candidates may be chosen")
            : null);
    }

    static string Several(ImmutableArray<Candidate> eligible) => FormattableString.Invariant(
        $"Only wants one candidate that keeps the promises of the choice, and there are {eligible.Length}: ")
        + Listed.First(MostNamed,
            eligible.OrderBy(c => c.Place).ThenBy(c => c.Realization).Select(c => $"{c.Stage} ({c.Realization.Short})"));

    const int MostNamed = 5;
}

namespace Lightnix.Matching;

/// <summary><c>Exact</c>: the named realizations, in their order. It never runs anything.</summary>
sealed class ExactKind : IMatcherKind
{
    public bool AnotherRunMayHelp => false;

    public Decision Decide(Candidates candidates)
    {
        if (candidates.Ask is { } ask)
            return ask;
        var matcher = candidates.Matcher;
        var found = matcher.Realizations.Select(name => (Name: name, Matches: Matches(name, candidates.All))).ToImmutableArray();
        var problems = found.Select(f => Problem(f.Name, f.Matches, candidates)).OfType<string>().Distinct(StringComparer.Ordinal)
            .ToImmutableArray();
        if (matcher.Realizations.IsEmpty)
            return new Decision.Unsatisfied("Exact names no realization");
        return problems.IsEmpty
            ? new Decision.Selected([.. found.Select(f => f.Matches[0].Realization).Distinct()], null)
            : new Decision.Unsatisfied(string.Join("; ", problems));
    }

    public NextRun Next(Candidates candidates) => RunCounts.OfReplicates(candidates).Next(1).Single();

    public bool Wants(Candidates candidates, Candidate candidate) =>
        candidates.Matcher.Realizations.Any(candidate.IsNamed);

    static ImmutableArray<Candidate> Matches(string name, IEnumerable<Candidate> all) => name.Length == 0
        ? []
        : [.. all.Where(c => c.IsNamed(name))];

    static string? Problem(string name, ImmutableArray<Candidate> matches, Candidates candidates) => matches switch
    {
        [] => $"there is no realization '{name}' built from these inputs",
        [var one] when candidates.Eligible.Contains(one) => null,
        [{ Rejected: true }] => $"realization '{name}' is rejected",
        [{ Unknown: { } why }] => $"realization '{name}' cannot be judged: {why}",
        [{ KeepsPromises: false } one] =>
            $"realization '{name}' breaks its promises{(one.Ineligible is null ? "" : $": {one.Ineligible}")}",
        [var one] => $"realization '{name}' cannot be chosen: {one.Ineligible ?? "its metric cannot be read"}",
        _ => $"'{name}' begins the references of {string.Join(", ", matches.Select(c => c.Realization.Short))}: write more of it",
    };
}

using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Matching;

/// <summary>Those that are named, in the order in which they are; it never runs anything.</summary>
internal static class ExactRule
{
    public static Decision Decide(Matcher matcher, Field field)
    {
        var found = matcher.Realizations.Select(name => (Name: name, Matches: Matches(name, field.All))).ToImmutableArray();
        var problems = found.Select(f => Problem(f.Name, f.Matches, field)).OfType<string>().Distinct(StringComparer.Ordinal).ToImmutableArray();
        return matcher.Realizations.IsEmpty ? new Decision.Unsatisfied("Exact names no realization")
            : problems.IsEmpty ? new Decision.Selected([.. found.Select(f => f.Matches[0].Realization).Distinct()], null)
            : new Decision.Unsatisfied(string.Join("; ", problems));
    }

    static ImmutableArray<Candidate> Matches(string name, IEnumerable<Candidate> candidates) => name.Length == 0
        ? []
        : [.. candidates.Where(c => c.Realization.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase))];

    static string? Problem(string name, ImmutableArray<Candidate> matches, Field field) => matches switch
    {
        [] => $"there is no realization '{name}' built from these inputs",
        [var one] => field.Eligible.Contains(one) ? null
            : one.Rejected ? $"realization '{name}' is rejected"
            : !one.KeepsPromises ? $"realization '{name}' breaks its promises{(one.Ineligible is null ? "" : $": {one.Ineligible}")}"
            : $"realization '{name}' cannot be chosen: {one.Ineligible ?? "its metric cannot be read"}",
        _ => $"'{name}' begins the references of {string.Join(", ", matches.Select(c => c.Realization.Short))}: write more of it",
    };
}

using Lightnix.Model;

namespace Lightnix.Matching;

/// <summary>Every matcher that counts replicates: <c>Latest</c>, <c>Best</c>, <c>Median</c>, <c>All</c>, <c>Only</c>.</summary>
internal static class ReplicateRule
{
    public static Decision Decide(Matcher matcher, Field field, Tally tally)
    {
        // More runs cannot make one of two.
        if (matcher.Select == Select.Only && field.Eligible is [var one, var other, ..])
            return new Decision.Unsatisfied(Several(field.Eligible.Length, one, other));

        var missing = Math.Min(matcher.AtLeast - tally.Completed, tally.Left);
        if (missing > 0)
            return new Decision.RunMore(tally.Next(missing), Lacking(matcher, field, tally));

        if (tally.Completed >= matcher.AtLeast && Keeping(field) >= Wanted(matcher))
            return Ranking.Among(matcher, field.Eligible);

        return tally.Completed >= matcher.AtLeast && tally.Left > 0
            ? new Decision.RunMore(tally.Next(1), Lacking(matcher, field, tally))
            : new Decision.Unsatisfied(Lacking(matcher, field, tally) + tally.Limit);
    }

    static int Wanted(Matcher matcher) => matcher.Select is Select.All or Select.Only ? 1 : matcher.Take;

    static int Keeping(Field field) => field.Eligible.SelectMany(c => c.Runs).Select(r => r.Replicate).Distinct().Count();

    static string Lacking(Matcher matcher, Field field, Tally tally)
    {
        if (matcher.AtLeast == 1 && tally.Left > 0 && field.All is [{ Rejection: { } why }])
            return $"its only result was rejected: {Visible.Short(why)}";
        // What is rejected completed too, and another replicate takes its place.
        var needed = matcher.AtLeast + tally.Replaced;
        var completed = tally.All > needed
            ? FormattableString.Invariant($"{tally.All} replicates completed, where {needed} would do")
            : FormattableString.Invariant($"{tally.All} of {needed} {(needed == 1 ? "replicate" : "replicates")} completed");
        if (tally.All == 0)
            return completed;
        var keeping = Keeping(field);
        var obstacles = field.Obstacles(matcher);
        // A rejected result may keep every promise, and so may one whose metric cannot be read.
        var judged = field.All.Any(c => c.Rejected || c.Lost || Field.LacksMetric(matcher, c)) ? "may be chosen" : keeping == 1 ? "keeps its promises" : "keep their promises";
        return FormattableString.Invariant($"{completed}, {keeping} of them {judged}")
            + (keeping < Wanted(matcher) && Wanted(matcher) > 1 ? FormattableString.Invariant($" where {Wanted(matcher)} should") : "")
            + (obstacles.Length > 0 ? FormattableString.Invariant($" (of {field.All.Length} distinct {(field.All.Length == 1 ? "result" : "results")}, {obstacles})") : "");
    }

    static string Several(int count, Candidate one, Candidate other) => FormattableString.Invariant(
        $"Only wants one distinct result that keeps its promises, and there are {count}: {one.Realization.Short} ({Made(one)}) and {other.Realization.Short} ({Made(other)}){(count > 2 ? " among them" : "")}");

    static string Made(Candidate candidate) =>
        "replicate " + string.Join(", ", candidate.Runs.Select(r => r.Replicate).Order().Distinct().Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}

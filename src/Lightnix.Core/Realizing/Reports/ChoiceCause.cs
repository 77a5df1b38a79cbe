using Lightnix.Explaining;
using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>Why a choice differs from that of the last build, for the same resolved derivation.</summary>
/// <param name="Replicate">The replicate that the text names as made since; null: none.</param>
sealed record ChoiceCause(string Text, int? Replicate)
{
    public const string ByLockFile = "the lock file pins it";

    /// <param name="candidates">Of the present choice.</param>
    public static ChoiceCause Of(Root last, Selection before, Selection now, ImmutableArray<Judged> candidates)
    {
        if (now.IsPinned)
            return new(ByLockFile, null);
        var (then, chosen) = (before.Choice.Realizations.ToHashSet(), now.Choice.Realizations.ToHashSet());
        var gone = then.Except(chosen).Select(r => WhyNot(r, candidates.FirstOrDefault(c => c.Candidate.Realization == r)?.Candidate));
        var present = candidates.Select(c => c.Candidate).Where(c => chosen.Contains(c.Realization)).ToImmutableArray();
        var made = present.SelectMany(c => c.Runs.Where(r => r.Order > before.Known)
            .Select(r => (IsNew: !then.Contains(c.Realization), Run: r)))
            .OrderByDescending(r => (r.IsNew, r.Run.Order)).Select(r => r.Run).FirstOrDefault();
        var causes = gone.Concat([
            .. RulesOf(before, now),
            made is null ? null : $"replicate {made.Replicate}{(made.Attempt == 1 ? "" : $", attempt {made.Attempt}")} was made since",
        ]).OfType<string>().ToImmutableArray();
        return new(causes.IsEmpty ? WhyNow(last, [.. present.Where(c => !then.Contains(c.Realization))]) : string.Join(", and ", causes),
            made?.Replicate);
    }

    /// <summary>What changed in the rules of a choice, in a few words each.</summary>
    public static IEnumerable<string> RulesOf(Selection before, Selection now) =>
        Differences.Between(ChoiceRules.Of(before), ChoiceRules.Of(now)).Select(c => c.Brief);

    static string? WhyNot(Reference<Realization> chosen, Candidate? candidate) => candidate switch
    {
        null => $"{chosen.Short} no longer counts: its records were collected, or its adoption was taken back",
        { Rejection: { } why } => $"{chosen.Short} was rejected ({Visible.Short(why)})",
        { Ineligible: { } why } => $"{chosen.Short} can no longer be chosen ({why})",
        _ => null,
    };

    // Neither rules nor runs changed: a lock file decided then, or the present choice could not be chosen.
    static string WhyNow(Root last, ImmutableArray<Candidate> news)
    {
        if (last.LockFile is not null)
            return "the lock file does not pin it in this build";
        return news.IsEmpty
            ? "their order changed"
            : $"{string.Join(" and ", news.Select(c => c.Realization.Short))} can be chosen again: a rejection was taken back, or files "
                + "were copied into the store";
    }
}

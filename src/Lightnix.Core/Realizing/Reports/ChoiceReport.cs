using Lightnix.Explaining;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>A choice that differs from that of the last build, and why it does; null where it is the same.</summary>
sealed class ChoiceReport(BuildContext context)
{
    const int MostDifferences = 3;

    /// <param name="candidates">Of the present choice.</param>
    public async ValueTask<BuildEvent.ChoiceChanged?> OfAsync(
        StageName stage, Selection now, ImmutableArray<Judged> candidates, CancellationToken cancellationToken)
    {
        if (context.Former(stage, now) is not { } before)
            return null;
        var cause = before.Resolved == now.Resolved ? ChoiceCause.Of(context.Last, before, now, candidates) : null;
        var causes = cause is not null ? [cause.Text] : await DifferencesAsync(before, now, cancellationToken).ConfigureAwait(false);
        if (Replicate(now, candidates) is { } replicate && replicate != cause?.Replicate)
            causes = causes.Insert(0, Text(replicate));
        return new(stage, before, now, causes);
    }

    /// <summary>The same of a choice.</summary>
    public async ValueTask<BuildEvent.ChoiceChanged?> OfAsync(ChoiceMatch match, Selection now, CancellationToken cancellationToken)
    {
        if (context.FormerChoice(match.Stage.Name, now) is not { } before)
            return null;
        var causes = match.CausesOf(before, now);
        if (ChoiceMatch.IsOfOneStage(before, now) && before.Resolved != now.Resolved)
            causes = causes.AddRange(await DifferencesAsync(before, now, cancellationToken).ConfigureAwait(false));
        if (!now.Choice.Plural)
        {
            var history = await context.Traces.HistoryAsync(now.Resolved, cancellationToken).ConfigureAwait(false);
            var runs = history.Runs.Where(r => r.Tree == now.Results[0].Tree).Select(r => r.Facts.Replicate).ToImmutableArray();
            if (!runs.IsEmpty && runs.Min() > 1)
                causes = causes.Add(Text(runs.Min()));
        }
        return new(match.Stage.Name, before, now, causes);
    }

    // The first replicate is no news where a stage makes one.
    static int? Replicate(Selection now, ImmutableArray<Judged> candidates)
    {
        var first = candidates.FirstOrDefault(c => c.Candidate.Realization == now.Results[0].Realization);
        var replicate = first?.Candidate.Runs.Min(r => r.Replicate) ?? 1;
        return now.Choice.Plural || (replicate == 1 && now.Matcher.AtLeast == 1) ? null : replicate;
    }

    static string Text(int replicate) => string.Create(CultureInfo.InvariantCulture, $"replicate {replicate}");

    // What the builders of the two first results could see.
    async ValueTask<ImmutableArray<string>> DifferencesAsync(Selection before, Selection now, CancellationToken cancellationToken)
    {
        var old = await context.Traces.FindAsync(before.Resolved, cancellationToken).ConfigureAwait(false);
        var present = await context.Traces.FindAsync(now.Resolved, cancellationToken).ConfigureAwait(false);
        if (old is null || present is null)
            return [];
        var differences = Differences.Between(old, present).OrderBy(d => !d.IsParameter).ToImmutableArray();
        return differences.IsEmpty ? [] : [Listed.First(MostDifferences, differences.Select(d => d.Brief))];
    }
}

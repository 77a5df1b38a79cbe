using Lightnix.Contracts;
using Lightnix.Matching;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Matches choices: stages whose candidates are what other stages chose. They resolve to nothing and run nothing.</summary>
sealed class ChoiceMatcher(BuildContext context, IStageReports reports, OpenedStages opened)
{
    // Of a stage with one chosen result its replicate does not matter, and its history is not read.
    static readonly ImmutableArray<RunMark> AnyRun = [new(1, 1, 0)];

    /// <param name="inputs">The stages that the choice names.</param>
    public async Task<StageOutcome> MatchAsync(PlannedStage choice, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs,
        CancellationToken cancellationToken)
    {
        var isRequested = context.IsRequested(choice.Name);
        var open = inputs.Where(i => i.Outcome.Choice is null && !IsSkipped(choice, i.Stage, i.Outcome, isRequested)).ToImmutableArray();
        if (!open.IsEmpty)
            return !isRequested ? new StageOutcome.Absent()
                : await reports.BlockedAsync(choice, open, cancellationToken).ConfigureAwait(false);
        var contestants = await ContestantsAsync(inputs, cancellationToken).ConfigureAwait(false);
        var judging = new Judging(JudgedBy.Of(choice), context.NewJudge());
        var (candidates, decided) = await judging.DecideAsync(known => Judge(judging, contestants, known), Decide, cancellationToken)
            .ConfigureAwait(false);
        var match = new ChoiceMatch(choice, candidates, contestants, decided)
        {
            Missing = [.. inputs.Where(i => i.Outcome.Choice is null).Select(i => i.Stage).Order()],
        };
        var absent = isRequested || decided.Decision is Decision.Selected ? Absent(contestants, candidates, decided) : [];
        if (isRequested && !absent.IsEmpty)
        {
            foreach (var (stage, outcome) in inputs.Where(i => i.Stage.Project is not null && absent.Contains(i.Stage)))
                await opened.MakeAgainAsync(stage, outcome.Choice!, context, cancellationToken).ConfigureAwait(false);
            absent = Absent(contestants, candidates, decided);
        }
        if (isRequested && !absent.IsEmpty)
            return opened.Open(choice, absent, reports);
        if (decided.Decision is Decision.Selected selected && absent.IsEmpty)
        {
            var selection = match.ToSelection(selected);
            await reports.ChosenAsync(match, selected, selection, cancellationToken).ConfigureAwait(false);
            return new StageOutcome.Chosen(selection, 0);
        }
        if (!isRequested)
            return new StageOutcome.Absent();
        await reports.NotChosenAsync(match, cancellationToken).ConfigureAwait(false);
        return new StageOutcome.Failed(0);

        (Decision, ChooserDecision) Decide(ImmutableArray<Judged> judged)
        {
            var decision = context.Chooser.Decide(choice, judged);
            return (decision.Decision, decision);
        }
    }

    // A choice is published, so it needs the bytes of its winner, and those of results that it cannot judge without.
    ImmutableArray<StageName> Absent(ImmutableArray<Contestant> contestants, ImmutableArray<Judged> candidates, ChooserDecision decided)
    {
        var chosen = decided.Decision is Decision.Selected selected ? selected.Realizations : [];
        var needed = candidates.Where(c => c.Candidate.Unknown is not null || chosen.Contains(c.Candidate.Realization))
            .Where(c => !opened.IsForeseen(c.Tree) && !context.Lease.Keep(c.Tree)).Select(c => c.Candidate.Realization).ToHashSet();
        return [.. contestants.Where(c => needed.Contains(c.Result.Realization)).Select(c => c.Stage).Distinct()];
    }

    // For a choice that was not requested, the last build's root says which stages failed.
    bool IsSkipped(PlannedStage choice, StageName stage, StageOutcome outcome, bool isRequested) => choice.Execution.SkipsFailed
        && (outcome is StageOutcome.Failed or StageOutcome.Skipped || (!isRequested && outcome is StageOutcome.Absent
            && context.Last.Stages.GetValueOrDefault(choice.Name.ToString())?.Missing.Contains(stage) == true));

    // A result that several stages chose is one candidate, that of the first stage by project and name.
    async ValueTask<ImmutableArray<Contestant>> ContestantsAsync(ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs,
        CancellationToken cancellationToken)
    {
        var found = new List<Contestant>();
        foreach (var (stage, outcome) in inputs.Where(i => i.Outcome.Choice is not null).OrderBy(i => i.Stage))
        {
            var results = outcome.Choice!.Results;
            foreach (var result in results)
            {
                var runs = results.Length == 1 ? AnyRun : await RunsAsync(result, cancellationToken).ConfigureAwait(false);
                found.Add(new(stage, found.LastOrDefault() is not { } last ? 1 : last.Stage == stage ? last.Place : last.Place + 1,
                    result with { Winner = WinnerOf(stage, result) }, runs));
            }
        }
        return [.. found.DistinctBy(c => c.Result.Realization)];
    }

    async ValueTask<ImmutableArray<RunMark>> RunsAsync(ChosenResult result, CancellationToken cancellationToken)
    {
        var history = await context.Traces.HistoryAsync(result.Resolved, cancellationToken).ConfigureAwait(false);
        var runs = history.Runs.Where(r => r.Tree == result.Tree)
            .Select(r => new RunMark(r.Facts.Replicate, r.Facts.Attempt, r.Facts.Order)).ToImmutableArray();
        return runs.IsEmpty ? AnyRun : runs;
    }

    // The winner of a choice that is named itself stays the stage that made the result.
    Winner WinnerOf(StageName stage, ChosenResult result) => result.Winner switch
    {
        null => new(stage, context.ParametersOf(stage)),
        { Stage.Project: null } own when stage.Project is { } project => own with { Stage = own.Stage.Of(project) },
        var other => other,
    };

    static ImmutableArray<Judged> Judge(Judging judging, ImmutableArray<Contestant> contestants, Func<Question, Answer?> known) =>
    [
        .. from contestant in contestants
           let judged = judging.Judge(contestant.Result.Realization, contestant.Result.Tree, contestant.Runs, known)
           select judged with { Candidate = judged.Candidate with { Stage = contestant.Stage, Place = contestant.Place } },
    ];
}

using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Reports of a build.</summary>
public sealed class BuildReports(BuildContext context) : IStageReports
{
    public void Broken(PlannedStage stage, Exception e)
    {
        var problem = RunErrors.Of(stage, e, context.Report);
        Report(context.IsRequested(stage.Name) && !context.MayFail(stage.Name) ? problem : problem with { Severity = Severity.Warning });
    }

    public ValueTask UnresolvedAsync(PlannedStage stage, ImmutableArray<Diagnostic> problems, CancellationToken cancellationToken)
    {
        foreach (var problem in problems)
            Report(stage, problem);
        return ValueTask.CompletedTask;
    }

    public ValueTask<StageOutcome> BlockedAsync(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> missing,
        CancellationToken cancellationToken)
    {
        if (missing.IsEmpty)
            return new(new StageOutcome.Skipped(stage.Name));
        var (name, outcome) = missing[0];
        var because = outcome is StageOutcome.Skipped skipped ? skipped.Because : name;
        if (name.Project is not null)
            Report(stage, BuildErrors.NotChosenThere(stage, name));
        context.Report(new BuildEvent.Skipped(stage.Name, because));
        return new(new StageOutcome.Skipped(because));
    }

    public async ValueTask ChosenAsync(
        StageMatch match, Decision.Selected selected, Selection selection, CancellationToken cancellationToken)
    {
        if (context.IsRequested(match.Stage.Name))
            ReportChoice(match, selected, selection);
        // Also of a stage that was not requested: its link changes as well.
        Report(await new ChoiceReport(context).OfAsync(match.Stage.Name, selection, match.Candidates, cancellationToken)
            .ConfigureAwait(false));
    }

    public void CameOutOtherwise(PlannedStage stage, Selection before, Selection now) =>
        Report(BuildErrors.CameOutOtherwise(stage, before, now));

    public void InputIsEvicted(PlannedStage stage, StageName input) =>
        Report(stage, BuildErrors.InputIsEvicted(context.Project, stage, input, context.IsChosenAnew(input)));

    public async ValueTask NotChosenAsync(StageMatch match, CancellationToken cancellationToken)
    {
        foreach (var problem in await new StageProblems(context).OfAsync(match, cancellationToken).ConfigureAwait(false))
            Report(match.Stage, problem);
        ReportNothingToRun(match);
    }

    public async ValueTask ChosenAsync(
        ChoiceMatch match, Decision.Selected selected, Selection selection, CancellationToken cancellationToken)
    {
        var stage = match.Stage;
        if (context.IsRequested(stage.Name))
        {
            ReportMissing(match);
            context.Report(new BuildEvent.Selected(stage.Name, selection, 0, selection.MetricText, match.Eligible)
            {
                IsNew = !context.Last.Stages.ContainsKey(stage.Name.ToString()) || context.FormerChoice(stage.Name, selection) is not null,
            });
            if (selected.Hint is { } hint)
                Hint(stage, hint);
        }
        Report(await new ChoiceReport(context).OfAsync(match, selection, cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask NotChosenAsync(ChoiceMatch match, CancellationToken cancellationToken)
    {
        ReportMissing(match);
        foreach (var problem in await new ChoiceProblems(context).OfAsync(match, cancellationToken).ConfigureAwait(false))
            Report(match.Stage, problem);
    }

    public void GivenUp(PlannedStage stage) => context.Report(new BuildEvent.GivenUp(stage.Name));

    void ReportMissing(ChoiceMatch match)
    {
        if (!match.Missing.IsEmpty)
            Report(BuildErrors.SkippedFailure(match.Stage, match.Missing, context.IsLocked));
    }

    void ReportChoice(StageMatch match, Decision.Selected selected, Selection selection)
    {
        var stage = match.Stage;
        // A failed run that was asked for is an error, even if an older result can be chosen. In other builds it is a warning.
        foreach (var failure in FailureTexts.Of(match.Failures, null))
            Report(match.Member.Demand is Demand.RunAgain or Demand.Repeat ? failure : failure with { Severity = Severity.Warning });
        ReportBrokenRuns(match);
        context.Report(
            new BuildEvent.Selected(stage.Name, selection, match.Made.Length, selection.MetricText, match.ToChooseFrom(selection))
            {
                MadeBy = match.MadeBy,
            });
        if (match.Decided.Obstacle is { IsMissing: true } missing)
            Report(LockErrors.ChosenInstead(stage, missing, selection));
        else if (match.Decided.Obstacle is { } obstacle)
            Hint(stage, $"the lock file pinned {obstacle.Pinned.Short}, which {obstacle.Reason}: it was chosen again");
        if (selected.Hint is { } hint)
            Hint(stage, hint);
        ReportNothingToRun(match);
        if (match.Member.IsRunAgain && !match.MayRun(context.Platform))
        {
            Report(stage.Execution.MustExist
                ? BuildErrors.MustExist(stage, "it was asked for")
                : BuildErrors.OtherPlatform(stage, context.Platform, "another run was asked for"));
        }
    }

    // Once, by the build that made the run: a choice that satisfies hides what does not.
    void ReportBrokenRuns(StageMatch match)
    {
        foreach (var candidate in match.Candidates)
        {
            foreach (var run in match.Made.Where(r => r.Tree == candidate.Tree))
            {
                foreach (var broken in candidate.Broken)
                    Report(BrokenPromiseErrors.OfRun(match.Stage.Name, run.Facts.Replicate, broken));
            }
        }
    }

    void ReportNothingToRun(StageMatch match)
    {
        if (match.Member is { Demand: Demand.RunAgain, IsRunAgain: false })
            Hint(match.Stage, "an import or a download has one result, and there is nothing to run again");
    }

    void Report(BuildEvent.ChoiceChanged? changed)
    {
        if (changed is not null)
            context.Report(changed);
    }

    void Hint(PlannedStage stage, string text) => context.Report(new BuildEvent.Hint(stage.Name, text));

    // A failure that is skipped is a warning.
    void Report(PlannedStage stage, Diagnostic problem) =>
        Report(context.MayFail(stage.Name) ? problem with { Severity = Severity.Warning } : problem);

    void Report(Diagnostic problem) => context.Report(new BuildEvent.Diagnosed(problem));
}

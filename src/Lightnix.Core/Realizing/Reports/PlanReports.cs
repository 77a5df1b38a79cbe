using Lightnix.Explaining;
using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Reports of a plan: what a build would do with each stage, and why.</summary>
public sealed class PlanReports(BuildContext context) : IStageReports
{
    const int MostNames = 5;

    public void Broken(PlannedStage stage, Exception e) =>
        Plan(stage, PlannedAction.Fail, Reason.Of(RunErrors.IsOfStore(e) ? e.Message : RunErrors.Of(stage, e, context.Report).Message));

    public async ValueTask UnresolvedAsync(PlannedStage stage, ImmutableArray<Diagnostic> problems, CancellationToken cancellationToken)
    {
        if (context.IsLocked)
        {
            Plan(stage, PlannedAction.Fail, Reason.Of([.. problems.Select(p => p.Message)]));
            return;
        }
        foreach (var problem in problems)
            context.Report(new BuildEvent.Diagnosed(problem));
        Plan(stage, PlannedAction.Fail, await context.Why.DeclaredAsync(stage, cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask<StageOutcome> BlockedAsync(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> missing,
        CancellationToken cancellationToken)
    {
        if (missing.IsEmpty)
        {
            Plan(stage, PlannedAction.PassOver, Reason.Of("the lock file has no result of it"));
            return new StageOutcome.Skipped(stage.Name);
        }
        var failing = missing.Where(i => context.IsLocked || i.Outcome is StageOutcome.Failed or StageOutcome.Skipped).ToImmutableArray();
        if (!failing.IsEmpty)
        {
            Plan(stage, PlannedAction.Fail, new()
            {
                Problems = [$"it needs {Names(failing)}, which would fail"],
                Waits = [.. failing.Select(f => f.Stage)],
            });
            return new StageOutcome.Skipped(failing[0].Stage);
        }
        var declared = await context.Why.DeclaredAsync(stage, cancellationToken).ConfigureAwait(false);
        var reason = declared with { Waits = [.. missing.Select(m => m.Stage)] };
        if (stage.IsChoice)
            Plan(stage, PlannedAction.Choose, reason);
        else
            Plan(stage, reason.Changes.IsEmpty && context.Last.Stages.ContainsKey(stage.Name.ToString()) ? PlannedAction.MayRun
                : PlannedAction.Run, reason);
        return new StageOutcome.Absent();
    }

    public async ValueTask ChosenAsync(
        StageMatch match, Decision.Selected selected, Selection selection, CancellationToken cancellationToken)
    {
        var changed = await new ChoiceReport(context).OfAsync(match.Stage.Name, selection, match.Candidates, cancellationToken)
            .ConfigureAwait(false);
        if (match.Member.IsRunAgain)
            Plan(match.Stage, PlannedAction.Fail, Reason.Of(Again(match)), changed);
        else
            Plan(match.Stage, PlannedAction.Reuse, context.Why.RulesOf(match.Stage), changed);
    }

    public void CameOutOtherwise(PlannedStage stage, Selection before, Selection now) =>
        throw new InvalidOperationException("a plan makes no result again");

    public void InputIsEvicted(PlannedStage stage, StageName input) =>
        Plan(stage, PlannedAction.Fail,
            Reason.Of(BuildErrors.InputIsEvicted(context.Project, stage, input, context.IsChosenAnew(input)).Message));

    public async ValueTask ChosenAsync(
        ChoiceMatch match, Decision.Selected selected, Selection selection, CancellationToken cancellationToken) =>
        Plan(match.Stage, PlannedAction.Reuse, context.Why.RulesOf(match.Stage),
            await new ChoiceReport(context).OfAsync(match, selection, cancellationToken).ConfigureAwait(false));

    // The plan of the stage says so.
    public void GivenUp(PlannedStage stage)
    {
    }

    public async ValueTask NotChosenAsync(ChoiceMatch match, CancellationToken cancellationToken)
    {
        var problems = await new ChoiceProblems(context).OfAsync(match, cancellationToken).ConfigureAwait(false);
        Plan(match.Stage, PlannedAction.Fail, context.Why.RulesOf(match.Stage) with { Problems = [.. problems.Select(p => p.Message)] });
    }

    public async ValueTask NotChosenAsync(StageMatch match, CancellationToken cancellationToken) =>
        Plan(match.Stage, match.Foreseen ? PlannedAction.Run : PlannedAction.Fail,
            await WhyAsync(match, cancellationToken).ConfigureAwait(false));

    async ValueTask<Reason> WhyAsync(StageMatch match, CancellationToken cancellationToken)
    {
        if (!match.Decided.Problems.IsEmpty)
            return Reason.Of([.. match.Decided.Problems.Select(p => p.Message)]);
        return match.Member.IsRunAgain ? new() { Lacks = Again(match), Runs = 1 }
            : await context.Why.OfAsync(match, cancellationToken).ConfigureAwait(false);
    }

    static string Names(ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs) =>
        Listed.First(MostNames, inputs.Select(i => i.Stage.ToString()));

    string Again(StageMatch match)
    {
        var stage = match.Stage;
        if (!match.MayRun(context.Platform))
            return "another run was asked for, and "
                + (stage.Execution.MustExist ? "it has MustExist=\"true\"" : $"it runs on '{stage.Derivation.Platform}' only");
        var next = match.NextNew;
        return FormattableString.Invariant(
            $"another run was asked for: replicate {next.Replicate}{(next.Attempt == 1 ? "" : $", attempt {next.Attempt}")}");
    }

    void Plan(PlannedStage stage, PlannedAction action, Reason reason, BuildEvent.ChoiceChanged? changed = null)
    {
        if (action == PlannedAction.Fail && context.MayFail(stage.Name))
            action = PlannedAction.PassOver;
        var news = changed is null ? null : new ChoiceNews(changed.Old.Results, changed.New.Results, changed.Causes);
        if (context.IsRequested(stage.Name))
            context.Report(new BuildEvent.Planned(new(stage.Name, action, reason) { News = news }) { Item = stage.Item });
        if (changed is not null)
            context.Report(changed);
    }
}

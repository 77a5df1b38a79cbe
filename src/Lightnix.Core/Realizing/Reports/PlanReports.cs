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
        Plan(stage, PlannedAction.Fail, [RunErrors.IsOfStore(e) ? e.Message : RunErrors.Of(stage, e, context.Report).Message]);

    public async ValueTask UnresolvedAsync(PlannedStage stage, ImmutableArray<Diagnostic> problems, CancellationToken cancellationToken)
    {
        if (context.IsLocked)
        {
            Plan(stage, PlannedAction.Fail, [.. problems.Select(p => p.Message)]);
            return;
        }
        foreach (var problem in problems)
            context.Report(new BuildEvent.Diagnosed(problem));
        Plan(stage, PlannedAction.Fail, await ChangesAsync(stage, cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask<StageOutcome> BlockedAsync(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> missing,
        CancellationToken cancellationToken)
    {
        if (missing.IsEmpty)
        {
            Plan(stage, PlannedAction.PassOver, ["the lock file has no result of it"]);
            return new StageOutcome.Skipped(stage.Name);
        }
        var failing = missing.Where(i => context.IsLocked || i.Outcome is StageOutcome.Failed or StageOutcome.Skipped).ToImmutableArray();
        if (!failing.IsEmpty)
        {
            Plan(stage, PlannedAction.Fail, [$"it needs {Names(failing)}, which would fail"]);
            return new StageOutcome.Skipped(failing[0].Stage);
        }
        var changes = await ChangesAsync(stage, cancellationToken).ConfigureAwait(false);
        if (stage.IsChoice)
        {
            Plan(stage, PlannedAction.Choose, [.. changes, $"it needs {Names(missing)}"]);
            return new StageOutcome.Absent();
        }
        Plan(stage, changes.IsEmpty && context.Last.Stages.ContainsKey(stage.Name.ToString()) ? PlannedAction.MayRun : PlannedAction.Run,
            [.. changes, $"it needs {Names(missing)}"]);
        return new StageOutcome.Absent();
    }

    public ValueTask ChosenAsync(StageMatch match, Decision.Selected selected, Selection selection, CancellationToken cancellationToken)
    {
        if (match.Member.IsRunAgain)
            Plan(match.Stage, PlannedAction.Fail, [Again(match)]);
        else
            Plan(match.Stage, PlannedAction.Reuse, []);
        return new ChoiceReport(context).ReportAsync(match.Stage.Name, selection, match.Candidates, cancellationToken);
    }

    public void CameOutOtherwise(PlannedStage stage, Selection before, Selection now) =>
        throw new InvalidOperationException("a plan makes no result again");

    public void InputIsEvicted(PlannedStage stage, StageName input) =>
        Plan(stage, PlannedAction.Fail, [BuildErrors.InputIsEvicted(context.Project, stage, input, context.IsChosenAnew(input)).Message]);

    public ValueTask ChosenAsync(
        ChoiceMatch match, Decision.Selected selected, Selection selection, CancellationToken cancellationToken)
    {
        Plan(match.Stage, PlannedAction.Reuse, []);
        return new ChoiceReport(context).ReportAsync(match, selection, cancellationToken);
    }

    // The plan of the stage says so.
    public void GivenUp(PlannedStage stage)
    {
    }

    public async ValueTask NotChosenAsync(ChoiceMatch match, CancellationToken cancellationToken)
    {
        var problems = await new ChoiceProblems(context).OfAsync(match, cancellationToken).ConfigureAwait(false);
        Plan(match.Stage, PlannedAction.Fail, [.. problems.Select(p => p.Message)]);
    }

    public async ValueTask NotChosenAsync(StageMatch match, CancellationToken cancellationToken) =>
        Plan(match.Stage, match.Foreseen ? PlannedAction.Run : PlannedAction.Fail,
            await WhyAsync(match, cancellationToken).ConfigureAwait(false));

    async ValueTask<ImmutableArray<string>> WhyAsync(StageMatch match, CancellationToken cancellationToken)
    {
        if (!match.Decided.Problems.IsEmpty)
            return [.. match.Decided.Problems.Select(p => p.Message)];
        if (match.Member.IsRunAgain)
            return [Again(match)];
        if (match.Decision is not Decision.Unsatisfied unsatisfied)
            return await context.Why.LackingAsync(match, cancellationToken).ConfigureAwait(false);
        var broken = match.Candidates.SelectMany(j => j.Broken).SelectMany(b => b.Broken);
        return [unsatisfied.Reason, .. broken.Distinct(StringComparer.Ordinal)];
    }

    // A change of its declaration is reported as well: then the stage runs whatever its inputs give.
    async ValueTask<ImmutableArray<string>> ChangesAsync(PlannedStage stage, CancellationToken cancellationToken)
    {
        var before = context.Last.Stages.GetValueOrDefault(stage.Name.ToString());
        var old = before is null ? null : await context.Traces.FindAsync(before.Derivation, cancellationToken).ConfigureAwait(false);
        return old is null ? []
            : [.. Differences.Between(old with { Inputs = [] }, stage.Derivation with { Inputs = [] }).Select(d => d.ToString())];
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

    void Plan(PlannedStage stage, PlannedAction action, ImmutableArray<string> why)
    {
        if (action == PlannedAction.Fail && context.MayFail(stage.Name))
            action = PlannedAction.PassOver;
        if (context.IsRequested(stage.Name))
            context.Report(new BuildEvent.Planned(stage.Name, action, why) { Item = stage.Item });
    }
}

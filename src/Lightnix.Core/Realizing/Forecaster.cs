using Lightnix.Explaining;
using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Runs nothing: reports of each stage what a build would do, and why.</summary>
public sealed class Forecaster(BuildContext context) : IRebuilder<ResolvedStage>
{
    public Task<ResolvedStage?> ResolveAsync(PlannedStage stage, ImmutableArray<StageOutcome> inputs,
        CancellationToken cancellationToken) =>
        context.ResolveAsync(stage, inputs, cancellationToken);

    public async Task<StageOutcome> MatchAsync(
        PlannedStage stage, ResolvedStage resolved, ImmutableArray<(PlannedStage Stage, ResolvedStage Resolved)> peers,
            CancellationToken cancellationToken)
    {
        var member = new GroupMember(stage, resolved, context.Demand(stage.Name));
        var history = await context.Traces.HistoryAsync(resolved.Reference, cancellationToken).ConfigureAwait(false);
        var (candidates, choice) = await context
            .DecideAsync(member, context.CandidatesOf(stage), history, ImmutableHashSet<NextRun>.Empty, _ => false, cancellationToken)
            .ConfigureAwait(false);
        var match = new StageMatch(member, candidates, choice, [], []);
        if (match.Member.Demand == Demand.RunAgain && stage.Derivation.Builder.Runs)
            return Run(match, [Again(match)]);
        switch (match.Decision)
        {
            case Decision.Selected selected when match.Chosen(selected).All(c => context.Trees.Contains(c.Tree)):
                Plan(stage, PlannedAction.Reuse, []);
                return new StageOutcome.Chosen(match.Select(selected), 0);
            case Decision.Selected:
                return Run(match, ["its result was collected from the store"]);
            case Decision.RunMore more:
                return Run(match, await context.Why.RunsAsync(stage, resolved, more.Reason, cancellationToken).ConfigureAwait(false));
            case Decision.Unsatisfied unsatisfied:
                var broken = candidates.SelectMany(j => j.Broken).SelectMany(b => b.Broken).Distinct(StringComparer.Ordinal);
                return Plan(stage, PlannedAction.Fail, [unsatisfied.Reason, .. broken]);
            default:
                throw new InvalidOperationException($"unknown decision {match.Decision}");
        }
    }

    public StageOutcome Broken(PlannedStage stage, Exception e) =>
        Plan(stage, PlannedAction.Fail, [RunErrors.IsOfStore(e) ? e.Message : RunErrors.Of(stage, e, context.Report).Message]);

    public async Task<StageOutcome> BlockedAsync(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs,
        CancellationToken cancellationToken)
    {
        var failing = inputs.Where(i => i.Outcome is StageOutcome.Failed).Select(i => i.Stage.ToString()).ToImmutableArray();
        if (!failing.IsEmpty)
            return Plan(stage, PlannedAction.Fail, [$"it needs {string.Join(", ", failing)}, which would fail"]);
        var open = inputs.Where(i => i.Outcome.Choice is null).Select(i => i.Stage.ToString()).ToImmutableArray();
        var before = context.Last.Stages.GetValueOrDefault(stage.Name.ToString());
        var old = before is null ? null : await context.Traces.FindAsync(before.Derivation, cancellationToken).ConfigureAwait(false);
        // A change of its declaration is reported as well: then the stage runs whatever its inputs give.
        ImmutableArray<string> changes = old is null ? []
            : [.. Differences.Between(old with { Inputs = [] }, stage.Derivation with { Inputs = [] }).Select(d => d.ToString())];
        // With all inputs chosen it could not be resolved, and the problem was reported.
        if (open.IsEmpty)
            return Plan(stage, PlannedAction.Fail, changes);
        return Plan(stage, changes.IsEmpty && before is not null ? PlannedAction.MayRun : PlannedAction.Run,
            [.. changes, $"it needs {string.Join(", ", open)}"]);
    }

    public void OpenAgain(IReadOnlySet<StageName> stages) => throw new InvalidOperationException("a plan needs no bytes of inputs");

    string Again(StageMatch match)
    {
        var stage = match.Stage;
        if (!match.MayRun(context.Platform))
            return "another run was asked for, and "
                + (stage.Execution.MustExist ? "it has MustExist=\"true\"" : $"it runs on '{stage.Derivation.Platform}' only");
        var next = MatcherKinds.Next(stage.Matcher, match.Candidates.Select(j => j.Candidate), ImmutableHashSet<NextRun>.Empty);
        return FormattableString.Invariant(
            $"another run was asked for: replicate {next.Replicate}{(next.Attempt == 1 ? "" : $", attempt {next.Attempt}")}");
    }

    StageOutcome Run(StageMatch match, ImmutableArray<string> why) =>
        Plan(match.Stage, match.MayRun(context.Platform) ? PlannedAction.Run : PlannedAction.Fail, why);

    StageOutcome Plan(PlannedStage stage, PlannedAction action, ImmutableArray<string> why)
    {
        if (context.IsRequested(stage.Name))
            context.Report(new BuildEvent.Planned(stage.Name, action, why) { Item = stage.Item });
        return action == PlannedAction.Fail ? new StageOutcome.Failed(0) : new StageOutcome.Absent();
    }
}

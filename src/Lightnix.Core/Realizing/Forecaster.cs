using System.Collections.Immutable;
using Lightnix.Explaining;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Runs nothing: says of each stage what a build would do, and why.</summary>
/// <param name="asked">True for stages that the build was asked for, with their closure.</param>
/// <param name="again">True for stages of which one more replicate is planned.</param>
public sealed class Forecaster(
    StageResolver resolver, IResults results, Func<StageName, bool> asked, Func<StageName, bool> again, string platform, Root last, Pins pins, Action<BuildEvent> tell) : IRebuilder<Resolution>
{
    readonly Why _why = new(last, results);

    public async Task<Resolution?> ResolveAsync(PlannedStage stage, ImmutableArray<Choice> inputs, CancellationToken cancellationToken)
    {
        var (resolution, problem) = await resolver.ResolveAsync(stage, inputs, cancellationToken).ConfigureAwait(false);
        if (problem is not null && asked(stage.Name))
            tell(new BuildEvent.Diagnosed(problem));
        if (resolution is not null && asked(stage.Name))
            tell(new BuildEvent.Resolved(stage.Name, stage.Derivation, resolution.Resolved));
        return resolution;
    }

    public Task<StageOutcome> MatchAsync(PlannedStage stage, Resolution resolved, ImmutableArray<(PlannedStage Stage, Resolution Resolved)> peers, CancellationToken cancellationToken) =>
        Task.FromResult(Match(stage, resolved));

    public StageOutcome Broken(PlannedStage stage, Exception e) =>
        Plan(stage, PlannedAction.Fail, [RunErrors.IsOfStore(e) ? e.Message : RunErrors.Of(stage, e, tell).Message]);

    StageOutcome Match(PlannedStage stage, Resolution resolved)
    {
        var judged = new Judge(stage, results).Candidates(results.History(resolved.Reference));
        var (decision, isPinned, _) = pins.Decide(stage, resolved.Reference, judged, ImmutableHashSet<NextRun>.Empty, _ => false);
        var verdict = new CellVerdict(new(stage, resolved, Wish.Look), judged, decision, [], []) { IsPinned = isPinned };
        if (again(stage.Name) && stage.Derivation.Builder.Runs)
            return Plan(stage, verdict.MayRun(platform) ? PlannedAction.Run : PlannedAction.Fail, [Again(verdict)]);
        switch (decision)
        {
            case Decision.Selected selected when verdict.Chosen(selected).All(c => results.Contains(c.Tree)):
                Plan(stage, PlannedAction.Reuse, []);
                return new StageOutcome.Chosen(verdict.Select(selected), 0);
            case Decision.Selected:
                return Plan(stage, verdict.MayRun(platform) ? PlannedAction.Run : PlannedAction.Fail, ["its result was collected from the store"]);
            case Decision.RunMore more:
                return Plan(stage, verdict.MayRun(platform) ? PlannedAction.Run : PlannedAction.Fail, _why.Runs(stage, resolved, more.Reason));
            case Decision.Unsatisfied unsatisfied:
                return Plan(stage, PlannedAction.Fail, [unsatisfied.Reason, .. judged.SelectMany(j => j.Broken).SelectMany(b => b.Broken).Distinct(StringComparer.Ordinal)]);
            default:
                throw new InvalidOperationException($"unknown decision {decision}");
        }
    }

    string Again(CellVerdict verdict)
    {
        var stage = verdict.Member.Stage;
        if (!verdict.MayRun(platform))
            return "another run was asked for, and " + (stage.Execution.MustExist ? "it has MustExist=\"true\"" : $"it runs on '{stage.Derivation.Platform}' only");
        var next = MatcherRules.Next(stage.Matcher, verdict.Candidates.Select(j => j.Candidate), ImmutableHashSet<NextRun>.Empty);
        return FormattableString.Invariant($"another run was asked for: replicate {next.Replicate}{(next.Attempt == 1 ? "" : $", attempt {next.Attempt}")}");
    }

    public StageOutcome Blocked(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs)
    {
        var failing = inputs.Where(i => i.Outcome is StageOutcome.Failed).Select(i => i.Stage.ToString()).ToImmutableArray();
        if (!failing.IsEmpty)
            return Plan(stage, PlannedAction.Fail, [$"it needs {string.Join(", ", failing)}, which would fail"]);
        var open = inputs.Where(i => i.Outcome.Choice is null).Select(i => i.Stage.ToString()).ToImmutableArray();
        var why = ImmutableArray.CreateBuilder<string>();
        // What its author changed is told as well: then it runs whatever its inputs give.
        if (last.Stages.TryGetValue(stage.Name.ToString(), out var before) && results.Find(before.Derivation) is { } old)
            why.AddRange(Differences.Between(old with { Inputs = [] }, stage.Derivation with { Inputs = [] }).Select(d => d.ToString()));
        // With all inputs chosen it could not be resolved, and the problem was told.
        var action = open.IsEmpty ? PlannedAction.Fail : why.Count > 0 || before is null ? PlannedAction.Run : PlannedAction.MayRun;
        if (!open.IsEmpty)
            why.Add($"it needs {string.Join(", ", open)}");
        return Plan(stage, action, why.ToImmutable());
    }

    StageOutcome Plan(PlannedStage stage, PlannedAction action, ImmutableArray<string> why)
    {
        if (asked(stage.Name))
            tell(new BuildEvent.Planned(stage.Name, action, why) { Item = stage.Item });
        return action == PlannedAction.Fail ? new StageOutcome.Failed(0) : new StageOutcome.Absent();
    }
}

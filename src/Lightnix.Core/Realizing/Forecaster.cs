using System.Collections.Immutable;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Runs nothing: says of each stage what a build would do, and why.</summary>
/// <param name="asked">True for stages that the build was asked for, with their closure.</param>
public sealed class Forecaster(StageResolver resolver, IResults results, Func<StageName, bool> asked, string platform, Root last, Action<BuildEvent> tell) : IRebuilder<Resolution>
{
    readonly Why _why = new(last, results);

    public async Task<Resolution?> ResolveAsync(PlannedStage stage, ImmutableArray<Selection> inputs, CancellationToken cancellationToken)
    {
        var (resolution, problem) = await resolver.ResolveAsync(stage, inputs, cancellationToken).ConfigureAwait(false);
        if (problem is not null && asked(stage.Name))
            tell(new BuildEvent.Diagnosed(problem));
        return resolution;
    }

    public Task<StageOutcome> MatchAsync(PlannedStage stage, Resolution resolved, ImmutableArray<(PlannedStage Stage, Resolution Resolved)> peers, CancellationToken cancellationToken)
    {
        var judged = new Judge(stage, results).Candidates(results.History(resolved.Reference));
        var decision = MatcherRules.Decide(stage.Matcher, judged.Select(j => j.Candidate), ImmutableHashSet<NextRun>.Empty);
        var verdict = new CellVerdict(new(stage, resolved, Wish.Look), judged, decision, [], []);
        switch (decision)
        {
            case Decision.Selected selected when verdict.Chosen(selected).All(c => results.Contains(c.Tree)):
                Plan(stage, PlannedAction.Reuse, []);
                return Task.FromResult<StageOutcome>(new StageOutcome.Chosen(verdict.Select(selected), 0));
            case Decision.Selected:
                Plan(stage, PlannedAction.Run, ["its result was collected from the store"]);
                break;
            case Decision.RunMore more:
                Plan(stage, verdict.MayRun(platform) ? PlannedAction.Run : PlannedAction.Fail, _why.Runs(stage, resolved, more.Reason));
                break;
            case Decision.Unsatisfied unsatisfied:
                Plan(stage, PlannedAction.Fail, [unsatisfied.Reason, .. judged.SelectMany(j => j.Broken).SelectMany(b => b.Broken).Distinct(StringComparer.Ordinal)]);
                break;
        }
        return Task.FromResult<StageOutcome>(new StageOutcome.Absent());
    }

    public StageOutcome Blocked(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs)
    {
        var open = inputs.Where(i => i.Outcome is not StageOutcome.Chosen).Select(i => i.Stage.ToString()).ToImmutableArray();
        var why = ImmutableArray.CreateBuilder<string>();
        // What its author changed is told as well: then it runs whatever its inputs give.
        if (last.Stages.TryGetValue(stage.Name.ToString(), out var before) && results.Find(before.Derivation) is { } old)
            why.AddRange(Differences.Between(old with { Inputs = [] }, stage.Derivation with { Inputs = [] }));
        var action = why.Count > 0 || before is null ? PlannedAction.Run : PlannedAction.MayRun;
        if (!open.IsEmpty)
            why.Add($"it needs {string.Join(", ", open)}");
        Plan(stage, action, why.ToImmutable());
        return new StageOutcome.Absent();
    }

    void Plan(PlannedStage stage, PlannedAction action, ImmutableArray<string> why)
    {
        if (asked(stage.Name))
            tell(new BuildEvent.Planned(stage.Name, action, why));
    }
}

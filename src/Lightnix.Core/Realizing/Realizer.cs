using System.Collections.Concurrent;
using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Decides whether a stage runs: a matcher over constructive traces, with early cut-off by content.</summary>
public sealed class Realizer(BuildContext context, IRunner runner) : IRebuilder<ResolvedStage>
{
    readonly ConcurrentDictionary<Reference<Resolved>, Lazy<Task<ImmutableDictionary<StageName, StageMatch>>>> _shared = new();

    public Task<ResolvedStage?> ResolveAsync(PlannedStage stage, ImmutableArray<StageOutcome> inputs,
        CancellationToken cancellationToken) =>
        context.ResolveAsync(stage, inputs, cancellationToken);

    public async Task<StageOutcome> MatchAsync(
        PlannedStage stage, ResolvedStage resolved, ImmutableArray<(PlannedStage Stage, ResolvedStage Resolved)> peers,
            CancellationToken cancellationToken)
    {
        var same = peers.Where(p => p.Resolved.Reference == resolved.Reference).Append((Stage: stage, Resolved: resolved))
            .OrderBy(p => p.Stage.Name);
        ImmutableArray<GroupMember> members = [.. same.Select(p => new GroupMember(p.Stage, p.Resolved, context.Demand(p.Stage.Name)))];
        var group = new StageGroup(resolved.Reference, members, runner, context);
        var matches = peers.IsEmpty
            ? await group.RunAsync(cancellationToken).ConfigureAwait(false)
            : await _shared.GetOrAdd(resolved.Reference, _ => new(() => group.RunAsync(cancellationToken))).Value.ConfigureAwait(false);
        return await ConcludeAsync(matches[stage.Name], cancellationToken).ConfigureAwait(false);
    }

    // Damage in one stage's history must not keep the others from being built, and shown.
    public StageOutcome Broken(PlannedStage stage, Exception e)
    {
        var problem = RunErrors.Of(stage, e, context.Report);
        var isRequested = context.IsRequested(stage.Name);
        context.Report(new BuildEvent.Diagnosed(isRequested ? problem : problem with { Severity = Severity.Warning }));
        return isRequested ? new StageOutcome.Failed(0) : new StageOutcome.Absent();
    }

    public Task<StageOutcome> BlockedAsync(
        PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs, CancellationToken cancellationToken) =>
        Task.FromResult(Blocked(stage, inputs));

    StageOutcome Blocked(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs)
    {
        if (!context.IsRequested(stage.Name))
            return new StageOutcome.Absent();
        if (inputs.All(i => i.Outcome.Choice is not null))
            return new StageOutcome.Failed(0);
        var (name, outcome) = inputs.First(i => i.Outcome.Choice is null);
        var because = outcome is StageOutcome.Skipped skipped ? skipped.Because : name;
        if (name.Project is not null)
            context.Report(new BuildEvent.Diagnosed(BuildErrors.NotChosenThere(stage, name)));
        context.Report(new BuildEvent.Skipped(stage.Name, because));
        return new StageOutcome.Skipped(because);
    }

    public void OpenAgain(IReadOnlySet<StageName> stages) => _shared.Clear();

    async ValueTask<StageOutcome> ConcludeAsync(StageMatch match, CancellationToken cancellationToken)
    {
        var isRequested = context.IsRequested(match.Stage.Name);
        if (match.Decision is Decision.Selected selected && match.Chosen(selected).All(c => context.Lease.Keep(c.Tree)))
            return await ChosenAsync(match, selected, isRequested, cancellationToken).ConfigureAwait(false);
        if (!isRequested)
            return new StageOutcome.Absent();
        foreach (var problem in await new StageProblems(context).OfAsync(match, cancellationToken).ConfigureAwait(false))
            context.Report(new BuildEvent.Diagnosed(problem));
        ReportNothingToRun(match);
        return new StageOutcome.Failed(match.Made.Length) { Resolved = match.Member.Resolved.Reference };
    }

    async ValueTask<StageOutcome> ChosenAsync(
        StageMatch match, Decision.Selected selected, bool isRequested, CancellationToken cancellationToken)
    {
        var selection = match.Select(selected);
        if (isRequested)
            ReportChoice(match, selected, selection);
        // Also of a stage that was not requested: its link changes as well.
        await new ChoiceReport(context).ReportAsync(match.Stage.Name, selection, match.Candidates, cancellationToken).ConfigureAwait(false);
        return new StageOutcome.Chosen(selection, match.Made.Length) { LacksPinned = match.Choice.Obstacle is { IsMissing: true } };
    }

    void ReportChoice(StageMatch match, Decision.Selected selected, Selection selection)
    {
        var (stage, isRunAgain) = (match.Stage, match.Member.Demand == Demand.RunAgain);
        // A failed run that was asked for is an error, even if an older result can be chosen. In other builds it is a warning.
        foreach (var failure in match.Failures)
            context.Report(new BuildEvent.Diagnosed(isRunAgain ? failure : failure with { Severity = Severity.Warning }));
        ReportBrokenRuns(match);
        context.Report(
            new BuildEvent.Selected(stage.Name, selection, match.Made.Length, match.Metric(selection), match.ToChooseFrom(selection)));
        if (match.Choice.Obstacle is { } obstacle)
            context.Report(obstacle.IsMissing
                ? new BuildEvent.Diagnosed(LockErrors.ChosenInstead(stage, obstacle, selection))
                : new BuildEvent.Hint(stage.Name,
                    $"the lock file pinned {obstacle.Pinned.Short}, which {obstacle.Reason}: it was chosen again"));
        if (selected.Hint is { } hint)
            context.Report(new BuildEvent.Hint(stage.Name, hint));
        ReportNothingToRun(match);
        if (isRunAgain && stage.Derivation.Builder.Runs && !match.MayRun(context.Platform))
            context.Report(new BuildEvent.Diagnosed(stage.Execution.MustExist
                ? BuildErrors.MustExist(stage, "it was asked for")
                : BuildErrors.OtherPlatform(stage, context.Platform, "another run was asked for")));
    }

    // Once, by the build that made the run: a choice that satisfies hides what does not.
    void ReportBrokenRuns(StageMatch match)
    {
        foreach (var candidate in match.Candidates)
        {
            foreach (var run in match.Made.Where(r => r.Tree == candidate.Tree))
            {
                foreach (var broken in candidate.Broken)
                    context.Report(new BuildEvent.Diagnosed(BuildErrors.BrokenRun(match.Stage.Name, run.Facts.Replicate, broken)));
            }
        }
    }

    void ReportNothingToRun(StageMatch match)
    {
        if (match.Member.Demand == Demand.RunAgain && !match.Stage.Derivation.Builder.Runs)
            context.Report(
                new BuildEvent.Hint(match.Stage.Name, "an import or a download has one result, and there is nothing to run again"));
    }
}

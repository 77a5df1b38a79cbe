using System.Collections.Concurrent;
using Lightnix.Explaining;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Selects exactly what a lock file pins. It has no runner, and asks no tool of this machine.</summary>
/// <param name="problems">Of <see cref="LockCheck"/>: stages that cannot be selected.</param>
/// <param name="isPlan">True: it only reports what a build would do.</param>
public sealed class LockedRealizer(
    BuildContext context, LockFile file, ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>> problems,
        bool isPlan) : IRebuilder<ResolvedStage>
{
    readonly ConcurrentDictionary<StageName, bool> _reported = new();

    public async Task<ResolvedStage?> ResolveAsync(PlannedStage stage, ImmutableArray<StageOutcome> inputs,
        CancellationToken cancellationToken)
    {
        if (StageOutcome.Choices(inputs) is not { } choices)
            return null;
        if (problems.TryGetValue(stage.Name, out var known))
            return Refuse(stage, [.. known]);
        try
        {
            var pins = file.Stages[stage.Name];
            if (await context.Traces.FindAsync(pins.Resolved, cancellationToken).ConfigureAwait(false) is not { } pinned)
                return Refuse(stage, LockErrors.NotHere(stage, pins.Results[0].Realization.Short, "is not in the store"));
            var (resolved, problem) = context.Resolver.Resolve(stage, choices, pinned);
            if (problem is not null)
                return Refuse(stage, problem);
            return resolved!.Reference == pins.Resolved ? resolved
                : Refuse(stage, LockErrors.Mixed(stage, Differences.Between(pinned, resolved.Resolved)));
        }
        catch (Exception e) when (RunErrors.IsOfStore(e))
        {
            return Refuse(stage, RunErrors.Store(stage, e));
        }
    }

    public async Task<StageOutcome> MatchAsync(
        PlannedStage stage, ResolvedStage resolved, ImmutableArray<(PlannedStage Stage, ResolvedStage Resolved)> peers,
            CancellationToken cancellationToken)
    {
        try
        {
            if (await SelectAsync(stage, resolved, cancellationToken).ConfigureAwait(false) is { } chosen)
                return chosen;
        }
        catch (Exception e) when (RunErrors.IsOfStore(e))
        {
            Refuse(stage, RunErrors.Store(stage, e));
        }
        return new StageOutcome.Failed(0) { Resolved = resolved.Reference };
    }

    public StageOutcome Broken(PlannedStage stage, Exception e)
    {
        Refuse(stage, RunErrors.Of(stage, e, context.Report));
        return new StageOutcome.Failed(0);
    }

    public Task<StageOutcome> BlockedAsync(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs,
        CancellationToken cancellationToken) =>
        Task.FromResult(Blocked(stage, inputs));

    public void OpenAgain(IReadOnlySet<StageName> stages) => throw new InvalidOperationException("a locked build makes nothing again");

    StageOutcome Blocked(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs)
    {
        if (!context.IsRequested(stage.Name))
            return new StageOutcome.Absent();
        var because = inputs.Where(i => i.Outcome.Choice is null)
            .Select(i => i.Outcome is StageOutcome.Skipped skipped ? skipped.Because : i.Stage).FirstOrDefault();
        if (problems.TryGetValue(stage.Name, out var known))
            Refuse(stage, [.. known]);
        else if (because is not null && _reported.TryAdd(stage.Name, true))
            context.Report(Skipped(stage, because));
        return because is null ? new StageOutcome.Failed(0) : new StageOutcome.Skipped(because);
    }

    BuildEvent Skipped(PlannedStage stage, StageName because)
    {
        if (isPlan)
            return new BuildEvent.Planned(stage.Name, PlannedAction.Fail, [$"it needs {because}, which would fail"]) { Item = stage.Item };
        return because.Project is null ? new BuildEvent.Skipped(stage.Name, because)
            : new BuildEvent.Diagnosed(BuildErrors.NotChosenThere(stage, because));
    }

    async ValueTask<StageOutcome.Chosen?> SelectAsync(PlannedStage stage, ResolvedStage resolved, CancellationToken cancellationToken)
    {
        if (!isPlan)
            context.Lease.Keep(resolved.Resolved, resolved.Reference);
        var pins = file.Stages[stage.Name];
        var history = await context.Traces.HistoryAsync(resolved.Reference, cancellationToken).ConfigureAwait(false);
        var judged = await context.CandidatesOf(stage).JudgeAsync(history, cancellationToken).ConfigureAwait(false);
        var found = pins.Results.SelectMany(r => Problems(stage, r, judged.FirstOrDefault(j => j.Candidate.Realization == r.Realization)))
            .ToImmutableArray();
        if (!found.IsEmpty)
        {
            Refuse(stage, [.. found]);
            return null;
        }
        var choice = Matching.LockRule.Choice(pins);
        var match = new StageMatch(new(stage, resolved, Demand.Realize), judged, new(choice, IsPinned: true, null), [], []);
        var selection = match.Select(choice);
        if (context.IsRequested(stage.Name))
            await ReportAsync(match, selection, cancellationToken).ConfigureAwait(false);
        return new StageOutcome.Chosen(selection, 0);
    }

    IEnumerable<Diagnostic> Problems(PlannedStage stage, ChosenResult pinned, Judged? judged)
    {
        if (judged is null)
            return [LockErrors.NotHere(stage, pinned.Realization.Short, "is not in the store")];
        if (!(isPlan ? context.Trees.Contains(judged.Tree) : context.Lease.Keep(judged.Tree)))
            return [LockErrors.NotHere(stage, pinned.Realization.Short, "was collected from the store")];
        if (judged.Candidate.Rejection is { } reason)
            return [LockErrors.Rejected(stage, pinned.Realization, reason, context.Command)];
        return judged.Broken.Select(b => LockErrors.Broken(stage, pinned.Realization, b, context.FolderOf(judged.Tree)));
    }

    async ValueTask ReportAsync(StageMatch match, Selection selection, CancellationToken cancellationToken)
    {
        var stage = match.Stage;
        if (isPlan)
        {
            context.Report(new BuildEvent.Planned(stage.Name, PlannedAction.Reuse, []) { Item = stage.Item });
            return;
        }
        context.Report(new BuildEvent.Selected(stage.Name, selection, 0, match.Metric(selection), match.ToChooseFrom(selection)));
        await new ChoiceReport(context).ReportAsync(stage.Name, selection, match.Candidates, cancellationToken).ConfigureAwait(false);
    }

    // Once a stage: one that cannot be resolved comes here again as blocked.
    ResolvedStage? Refuse(PlannedStage stage, params ReadOnlySpan<Diagnostic> found)
    {
        if (!context.IsRequested(stage.Name) || !_reported.TryAdd(stage.Name, true))
            return null;
        if (isPlan)
        {
            context.Report(
                new BuildEvent.Planned(stage.Name, PlannedAction.Fail, [.. found.ToArray().Select(d => d.Message)]) { Item = stage.Item });
            return null;
        }
        foreach (var problem in found)
            context.Report(new BuildEvent.Diagnosed(problem));
        return null;
    }
}

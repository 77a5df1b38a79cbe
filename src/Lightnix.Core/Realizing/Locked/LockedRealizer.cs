using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lightnix.Explaining;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Selects exactly what a lock file pins. It has nothing to run anything with, and asks no tool of this machine.</summary>
/// <param name="problems">What <see cref="LockCheck"/> found: stages that cannot be selected.</param>
/// <param name="asked">True for stages that the build was asked for, with their closure.</param>
/// <param name="plan">True: only says what a build would do.</param>
/// <param name="last">What the last build of the project chose.</param>
/// <param name="folderOf">The folder of a tree, for messages.</param>
public sealed class LockedRealizer(
    StageResolver resolver,
    IResults results,
    LockFile file,
    ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>> problems,
    Func<StageName, bool> asked,
    bool plan,
    Root last,
    Func<Reference<Tree>, string> folderOf,
    Action<BuildEvent> tell) : IRebuilder<Resolution>
{
    readonly ConcurrentDictionary<StageName, bool> _told = new();

    public Task<Resolution?> ResolveAsync(PlannedStage stage, ImmutableArray<Choice> inputs, CancellationToken cancellationToken) => Task.FromResult(Try(stage, () =>
    {
        if (problems.TryGetValue(stage.Name, out var known))
            return Refuse(stage, [.. known]);
        var pins = file.Stages[stage.Name];
        if (results.Find(pins.Resolved) is not { } pinned)
            return Refuse(stage, LockErrors.NotHere(stage, pins.Results[0].Realization.Short, "is not in the store"));
        var (resolution, problem) = resolver.Resolve(stage, inputs, pinned);
        return problem is not null ? Refuse(stage, problem)
            : resolution!.Reference != pins.Resolved ? Refuse(stage, LockErrors.Mixed(stage, Differences.Between(pinned, resolution.Resolved)))
            : resolution;
    }));

    public Task<StageOutcome> MatchAsync(PlannedStage stage, Resolution resolved, ImmutableArray<(PlannedStage Stage, Resolution Resolved)> peers, CancellationToken cancellationToken) => Task.FromResult(
        (StageOutcome?)Try(stage, () => Select(stage, resolved)) ?? new StageOutcome.Failed(0) { Resolved = resolved.Reference });

    public StageOutcome Broken(PlannedStage stage, Exception e)
    {
        Refuse(stage, RunErrors.Of(stage, e, tell));
        return new StageOutcome.Failed(0);
    }

    public StageOutcome Blocked(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs)
    {
        if (!asked(stage.Name))
            return new StageOutcome.Absent();
        var because = inputs.Where(i => i.Outcome.Choice is null).Select(i => i.Outcome is StageOutcome.Skipped skipped ? skipped.Because : i.Stage).FirstOrDefault();
        if (problems.TryGetValue(stage.Name, out var known))
            Refuse(stage, [.. known]);
        else if (!plan && because is { Project: not null } && _told.TryAdd(stage.Name, true))
            tell(new BuildEvent.Diagnosed(BuildErrors.NotChosenThere(stage, because)));
        else if (because is not null && _told.TryAdd(stage.Name, true))
            tell(plan ? new BuildEvent.Planned(stage.Name, PlannedAction.Fail, [$"it needs {because}, which would fail"]) { Item = stage.Item } : new BuildEvent.Skipped(stage.Name, because));
        return because is null ? new StageOutcome.Failed(0) : new StageOutcome.Skipped(because);
    }

    StageOutcome.Chosen? Select(PlannedStage stage, Resolution resolved)
    {
        if (!plan)
            results.Keep(resolved.Resolved, resolved.Reference);
        var pins = file.Stages[stage.Name];
        var history = results.History(resolved.Reference);
        var judged = new Judge(stage, results).Candidates(history);
        var found = pins.Results.SelectMany(r => Problems(stage, r, judged.FirstOrDefault(j => j.Candidate.Realization == r.Realization), history)).ToImmutableArray();
        if (!found.IsEmpty)
        {
            Refuse(stage, [.. found]);
            return null;
        }
        var choice = LockRule.Choice(pins);
        var verdict = new CellVerdict(new(stage, resolved, Wish.Realize), judged, choice, [], []) { IsPinned = true };
        var selection = verdict.Select(choice);
        if (asked(stage.Name))
            Tell(stage, selection, verdict.ToChooseFrom(selection));
        return new StageOutcome.Chosen(selection, 0);
    }

    IEnumerable<Diagnostic> Problems(PlannedStage stage, ChosenResult pinned, Judged? judged, History history)
    {
        if (judged is null)
            return [LockErrors.NotHere(stage, pinned.Realization.Short, "is not in the store")];
        if (!(plan ? results.Contains(judged.Tree) : results.Keep(judged.Tree)))
            return [LockErrors.NotHere(stage, pinned.Realization.Short, "was collected from the store")];
        if (judged.Candidate.Rejected)
            return [LockErrors.Rejected(stage, pinned.Realization, history.Rejections.First(r => r.Realization == pinned.Realization).Reason, results.Command)];
        return judged.Broken.Select(b => LockErrors.Broken(stage, pinned.Realization, b, folderOf(judged.Tree)));
    }

    void Tell(PlannedStage stage, Selection selection, int candidates)
    {
        if (plan)
        {
            tell(new BuildEvent.Planned(stage.Name, PlannedAction.Reuse, []) { Item = stage.Item });
            return;
        }
        tell(new BuildEvent.Selected(stage.Name, selection, 0, stage.Matcher.Metric is { } m && selection.Results[0].Metric is { } number ? $"{m} = {number}" : null, candidates));
        if (last.Stages.TryGetValue(stage.Name.ToString(), out var before) && before.Resolved == selection.Resolved && !selection.Choice.IsSame(before.Choice))
            tell(new BuildEvent.ChoiceChanged(stage.Name, before, selection, Realizer.ByLockFile));
    }

    T? Try<T>(PlannedStage stage, Func<T?> work) where T : class
    {
        try
        {
            return work();
        }
        catch (Exception e) when (RunErrors.IsOfStore(e))
        {
            Refuse(stage, RunErrors.Store(stage, e));
            return null;
        }
    }

    // Once a stage: what cannot be resolved comes here again as blocked.
    Resolution? Refuse(PlannedStage stage, params ReadOnlySpan<Diagnostic> found)
    {
        if (!asked(stage.Name) || !_told.TryAdd(stage.Name, true))
            return null;
        if (plan)
            tell(new BuildEvent.Planned(stage.Name, PlannedAction.Fail, [.. found.ToArray().Select(d => d.Message)]) { Item = stage.Item });
        else
            foreach (var problem in found)
                tell(new BuildEvent.Diagnosed(problem));
        return null;
    }
}

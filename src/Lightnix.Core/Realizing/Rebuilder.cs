using System.Collections.Concurrent;
using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>
/// Decides whether a stage runs: a matcher over constructive traces, with early cut-off by content. A build, a plan and a locked build
/// differ in what they are given: the runner makes, foresees or refuses runs; the context has resolver, chooser and lease.
/// </summary>
public sealed class Rebuilder(BuildContext context, IRunner runner, IStageReports reports) : IRebuilder<ResolvedStage>
{
    readonly ConcurrentDictionary<Reference<Resolved>, Lazy<Task<ImmutableDictionary<StageName, StageMatch>>>> _shared = new();
    readonly ConcurrentDictionary<StageName, Resolution> _resolutions = new();
    readonly OpenedStages _opened = new(context.Needed);
    readonly ConcurrentDictionary<StageName, ChosenMatch> _withoutBytes = new();

    public async Task<ResolvedStage?> ResolveAsync(PlannedStage stage, ImmutableArray<StageOutcome> inputs,
        CancellationToken cancellationToken)
    {
        var resolution = await context.Resolver.ResolveAsync(stage, StageOutcome.ChosenInputs(stage, inputs), cancellationToken)
            .ConfigureAwait(false);
        _resolutions[stage.Name] = resolution;
        if (resolution.Stage is { } resolved && context.IsRequested(stage.Name))
            context.Report(new BuildEvent.Resolved(stage.Name, stage.Derivation, resolved.Resolved)
            {
                Present = context.IsPlan ? PresentRun.Of(stage, resolved.FirstRun(stage)) : null,
            });
        return resolution.Stage;
    }

    public async Task<StageOutcome> MatchAsync(
        PlannedStage stage, ResolvedStage resolved, ImmutableArray<(PlannedStage Stage, ResolvedStage Resolved)> peers,
            CancellationToken cancellationToken)
    {
        var matches = peers.IsEmpty
            ? await RunAsync().ConfigureAwait(false)
            : await _shared.GetOrAdd(resolved.Reference, _ => new(RunAsync)).Value.ConfigureAwait(false);
        return Concluded(stage, await ConcludeAsync(matches[stage.Name], cancellationToken).ConfigureAwait(false));

        Task<ImmutableDictionary<StageName, StageMatch>> RunAsync()
        {
            var same = peers.Where(p => p.Resolved.Reference == resolved.Reference).Append((Stage: stage, Resolved: resolved))
                .OrderBy(p => p.Stage.Name);
            var members = same.Select(p => new GroupMember(p.Stage, p.Resolved, context.Demand(p.Stage.Name)));
            return new StageGroup(resolved.Reference, [.. members], runner, context, _opened).RunAsync(cancellationToken);
        }
    }

    public async Task<StageOutcome> ChooseAsync(PlannedStage choice, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs,
        CancellationToken cancellationToken) => Concluded(choice,
            await new ChoiceMatcher(context, reports, _opened).MatchAsync(choice, inputs, cancellationToken).ConfigureAwait(false));

    // Damage in one stage's history must not keep the others from being built, and shown.
    public StageOutcome Broken(PlannedStage stage, Exception e)
    {
        reports.Broken(stage, e);
        return Concluded(stage, context.IsRequested(stage.Name) ? new StageOutcome.Failed(0) : new StageOutcome.Absent());
    }

    public async Task<StageOutcome> BlockedAsync(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs,
        CancellationToken cancellationToken)
    {
        if (!context.IsRequested(stage.Name))
            return new StageOutcome.Absent();
        if (_resolutions[stage.Name].Problems is not { IsEmpty: false } problems)
            return await reports.BlockedAsync(stage, [.. inputs.Where(i => i.Outcome.Choice is null)], cancellationToken)
                .ConfigureAwait(false);
        await reports.UnresolvedAsync(stage, problems, cancellationToken).ConfigureAwait(false);
        return Concluded(stage, new StageOutcome.Failed(0));
    }

    public void OpenAgain(IReadOnlySet<StageName> stages) => _shared.Clear();

    public async Task SettledAsync(CancellationToken cancellationToken)
    {
        foreach (var chosen in _withoutBytes.Values.Where(c => !_opened.Contains(c.Match.Stage.Name)).OrderBy(c => c.Match.Stage.Name))
            await chosen.ReportAsync(reports, cancellationToken).ConfigureAwait(false);
    }

    async ValueTask<StageOutcome> ConcludeAsync(StageMatch match, CancellationToken cancellationToken)
    {
        if (!match.AbsentInputs.IsEmpty)
            return _opened.Open(match.Stage, match.AbsentInputs, reports);
        if (match is { Foreseen: false, Decision: Decision.Selected selected } && IsHere(match, selected))
            return await ChosenAsync(new(match, selected, match.ToSelection(selected)), cancellationToken).ConfigureAwait(false);
        if (!context.IsRequested(match.Stage.Name))
            return new StageOutcome.Absent();
        await reports.NotChosenAsync(match, cancellationToken).ConfigureAwait(false);
        if (!match.Foreseen)
            return new StageOutcome.Failed(match.Made.Length) { Resolved = match.Member.Resolved.Reference };
        // A result that is made again for its bytes is expected to come out the same.
        if (!_withoutBytes.TryGetValue(match.Stage.Name, out var before))
            return new StageOutcome.Absent();
        _opened.Foresee(before.Selection.Choice);
        return new StageOutcome.Chosen(before.Selection, 0);
    }

    StageOutcome Concluded(PlannedStage stage, StageOutcome outcome)
    {
        if (outcome is StageOutcome.Failed)
            reports.GivenUp(stage);
        return outcome;
    }

    // Nothing keeps an intermediate result before a run needs it.
    bool IsHere(StageMatch match, Decision.Selected selected) =>
        MayBeWithoutBytes(match) || match.Chosen(selected).All(c => context.Lease.Keep(c.Tree));

    bool MayBeWithoutBytes(StageMatch match) => match.Made.IsEmpty && !_opened.NeedsBytes(match.Stage);

    async ValueTask<StageOutcome> ChosenAsync(ChosenMatch chosen, CancellationToken cancellationToken)
    {
        var (match, selection) = (chosen.Match, chosen.Selection);
        var before = _withoutBytes.GetValueOrDefault(match.Stage.Name);
        if (MayBeWithoutBytes(match))
        {
            _withoutBytes[match.Stage.Name] = chosen;
        }
        else
        {
            if (before is not null && !selection.Choice.IsSame(before.Selection.Choice))
                reports.CameOutOtherwise(match.Stage, before.Selection, selection);
            await chosen.ReportAsync(reports, cancellationToken).ConfigureAwait(false);
        }
        return new StageOutcome.Chosen(selection, match.Made.Length) { LacksPinned = match.Decided.Obstacle is { IsMissing: true } };
    }
}

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

    public async Task<ResolvedStage?> ResolveAsync(PlannedStage stage, ImmutableArray<StageOutcome> inputs,
        CancellationToken cancellationToken)
    {
        var resolution = await context.Resolver.ResolveAsync(stage, StageOutcome.Inputs(stage, inputs), cancellationToken)
            .ConfigureAwait(false);
        _resolutions[stage.Name] = resolution;
        if (resolution.Stage is { } resolved && context.IsRequested(stage.Name))
            context.Report(new BuildEvent.Resolved(stage.Name, stage.Derivation, resolved.Resolved));
        return resolution.Stage;
    }

    public async Task<StageOutcome> MatchAsync(
        PlannedStage stage, ResolvedStage resolved, ImmutableArray<(PlannedStage Stage, ResolvedStage Resolved)> peers,
            CancellationToken cancellationToken)
    {
        var matches = peers.IsEmpty
            ? await RunAsync().ConfigureAwait(false)
            : await _shared.GetOrAdd(resolved.Reference, _ => new(RunAsync)).Value.ConfigureAwait(false);
        return await ConcludeAsync(matches[stage.Name], cancellationToken).ConfigureAwait(false);

        Task<ImmutableDictionary<StageName, StageMatch>> RunAsync()
        {
            var same = peers.Where(p => p.Resolved.Reference == resolved.Reference).Append((Stage: stage, Resolved: resolved))
                .OrderBy(p => p.Stage.Name);
            var members = same.Select(p => new GroupMember(p.Stage, p.Resolved, context.Demand(p.Stage.Name)));
            return new StageGroup(resolved.Reference, [.. members], runner, context).RunAsync(cancellationToken);
        }
    }

    public Task<StageOutcome> ChooseAsync(PlannedStage choice, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs,
        CancellationToken cancellationToken) =>
        new ChoiceMatcher(context, reports).MatchAsync(choice, inputs, cancellationToken);

    // Damage in one stage's history must not keep the others from being built, and shown.
    public StageOutcome Broken(PlannedStage stage, Exception e)
    {
        reports.Broken(stage, e);
        return context.IsRequested(stage.Name) ? new StageOutcome.Failed(0) : new StageOutcome.Absent();
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
        return new StageOutcome.Failed(0);
    }

    public void OpenAgain(IReadOnlySet<StageName> stages) => _shared.Clear();

    async ValueTask<StageOutcome> ConcludeAsync(StageMatch match, CancellationToken cancellationToken)
    {
        if (match is { Foreseen: false, Decision: Decision.Selected selected }
            && match.Chosen(selected).All(c => context.Lease.Keep(c.Tree)))
        {
            var selection = match.ToSelection(selected);
            await reports.ChosenAsync(match, selected, selection, cancellationToken).ConfigureAwait(false);
            return new StageOutcome.Chosen(selection, match.Made.Length) { LacksPinned = match.Decided.Obstacle is { IsMissing: true } };
        }
        if (!context.IsRequested(match.Stage.Name))
            return new StageOutcome.Absent();
        await reports.NotChosenAsync(match, cancellationToken).ConfigureAwait(false);
        return match.Foreseen ? new StageOutcome.Absent()
            : new StageOutcome.Failed(match.Made.Length) { Resolved = match.Member.Resolved.Reference };
    }
}

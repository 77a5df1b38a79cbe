using System.Collections.Concurrent;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Passes over a plan: each one settles the stages that are open, and those below them whose inputs came out otherwise.</summary>
/// <param name="mayOpen">False for stages that are not opened again.</param>
sealed class SchedulerPass<TResolved>(IRebuilder<TResolved> rebuilder, Plan plan, Func<StageName, bool> mayOpen,
    CancellationToken cancellationToken)
    where TResolved : class
{
    readonly ImmutableDictionary<StageName, ImmutableArray<PlannedStage>> _peers = PeerStages.Of(plan);

    /// <summary>Every stage of the plan with its outcome.</summary>
    /// <param name="former">Of the pass before; null: this is the first.</param>
    public async Task<ImmutableDictionary<StageName, StageOutcome>> RunAsync(
        ImmutableDictionary<StageName, StageOutcome> referenced, ImmutableDictionary<StageName, StageOutcome>? former,
            ImmutableHashSet<StageName> open)
    {
        var resolutions = new Dictionary<StageName, Task<TResolved?>>();
        var settled = new ConcurrentDictionary<StageName, StageOutcome>();
        var outcomes = referenced.ToDictionary(h => h.Key, h => Task.FromResult(h.Value));
        // Peers may come later in the plan: their resolutions are looked up only when all are there.
        var allKnown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var stage in plan.Stages)
        {
            var inputs = stage.Inputs.Select(i => outcomes[i.Stage]).ToImmutableArray();
            var resolution = Task.Run(() => ResolveAsync(stage, inputs), cancellationToken);
            resolutions.Add(stage.Name, resolution);
            outcomes.Add(stage.Name, MatchAsync(stage, inputs, resolution));
        }
        allKnown.SetResult();
        await Task.WhenAll(outcomes.Values).ConfigureAwait(false);
        return plan.Stages.ToImmutableDictionary(s => s.Name, s => outcomes[s.Name].Result);

        async Task<TResolved?> ResolveAsync(PlannedStage stage, ImmutableArray<Task<StageOutcome>> inputs)
        {
            var befores = await Task.WhenAll(inputs).ConfigureAwait(false);
            if (Kept(stage, befores) is { } kept)
            {
                settled[stage.Name] = kept;
                return null;
            }
            if (stage.IsChoice)
                return null;
            try
            {
                return await rebuilder.ResolveAsync(stage, [.. befores], cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfStage(e))
            {
                settled[stage.Name] = rebuilder.Broken(stage, e);
                return null;
            }
        }

        async Task<StageOutcome> MatchAsync(PlannedStage stage, ImmutableArray<Task<StageOutcome>> inputs, Task<TResolved?> resolution)
        {
            var resolved = await resolution.ConfigureAwait(false);
            var others = await PeersAsync(stage).ConfigureAwait(false);
            if (settled.TryGetValue(stage.Name, out var known))
                return known;
            var befores = await Task.WhenAll(inputs).ConfigureAwait(false);
            // Below a stage that waits for bytes, stages wait too: nothing is reported of them.
            if (befores.OfType<StageOutcome.InputAbsent>().FirstOrDefault() is { } waits)
                return waits;
            try
            {
                var outcome = await OutcomeAsync(stage, befores, resolved, others).ConfigureAwait(false);
                if (outcome is StageOutcome.InputAbsent absent && absent.Inputs.FirstOrDefault(i => !mayOpen(i)) is { } input)
                    throw new InvalidOperationException($"the bytes of '{input}' are absent, and it was made again in vain");
                return outcome;
            }
            catch (Exception e) when (IsOfStage(e))
            {
                return rebuilder.Broken(stage, e);
            }
        }

        Task<StageOutcome> OutcomeAsync(
            PlannedStage stage, StageOutcome[] befores, TResolved? resolved, ImmutableArray<(PlannedStage, TResolved)> peers)
        {
            if (resolved is not null)
                return rebuilder.MatchAsync(stage, resolved, peers, cancellationToken);
            ImmutableArray<(StageName, StageOutcome)> inputs = [.. stage.Inputs.Select(i => i.Stage).Zip(befores)];
            return stage.IsChoice
                ? rebuilder.ChooseAsync(stage, inputs, cancellationToken)
                : rebuilder.BlockedAsync(stage, inputs, cancellationToken);
        }

        async ValueTask<ImmutableArray<(PlannedStage, TResolved)>> PeersAsync(PlannedStage stage)
        {
            if (!_peers.TryGetValue(stage.Name, out var group))
                return [];
            await allKnown.Task.ConfigureAwait(false);
            var all = await Task.WhenAll(group.Select(p => resolutions[p.Name])).ConfigureAwait(false);
            return [.. group.Zip(all).Where(p => p.Second is not null && p.First.Name != stage.Name).Select(p => (p.First, p.Second!))];
        }

        // A stage that is not open keeps its outcome as long as its inputs come out the same.
        StageOutcome? Kept(PlannedStage stage, StageOutcome[] befores) =>
            former is not null && !open.Contains(stage.Name) && stage.Inputs.Zip(befores).All(i => IsSame(i.First.Stage, i.Second))
                ? former[stage.Name] : null;

        bool IsSame(StageName input, StageOutcome now)
        {
            var before = former!.GetValueOrDefault(input) ?? referenced[input];
            return before == now || (now.Choice is { } choice && choice.IsSame(before.Choice));
        }
    }

    // The one boundary of stages: whatever comes out of one, a library's error or a fault of Lightnix, the others go on.
    bool IsOfStage(Exception e) => !(e is OperationCanceledException && cancellationToken.IsCancellationRequested);
}

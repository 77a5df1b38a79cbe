using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>
/// Decides when: every stage after its inputs, as many at once as there are. A failure stops only what depends on it. The rebuilder decides
/// whether a stage runs (a topological scheduler, in the words of "Build Systems à la Carte").
/// </summary>
/// <typeparam name="TResolved">What the rebuilder knows of a stage once its inputs are chosen.</typeparam>
public sealed class Scheduler<TResolved>(IRebuilder<TResolved> rebuilder) where TResolved : class
{
    /// <summary>Every stage of the plan with its outcome.</summary>
    /// <param name="referenced">Outcomes of the stages of other projects that this one reads.</param>
    public async Task<ImmutableDictionary<StageName, StageOutcome>> RunAsync(
        Plan plan, ImmutableDictionary<StageName, StageOutcome> referenced, CancellationToken cancellationToken)
    {
        var peers = PeerStages.Of(plan);
        var resolutions = new Dictionary<StageName, Task<TResolved?>>();
        var broken = new ConcurrentDictionary<StageName, StageOutcome>();
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
            var choices = befores.Select(o => o.Choice).OfType<Choice>().ToImmutableArray();
            if (choices.Length < befores.Length)
                return null;
            try
            {
                return await rebuilder.ResolveAsync(stage, choices, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfStage(e))
            {
                broken[stage.Name] = rebuilder.Broken(stage, e);
                return null;
            }
        }

        async Task<StageOutcome> MatchAsync(PlannedStage stage, ImmutableArray<Task<StageOutcome>> inputs, Task<TResolved?> resolution)
        {
            var resolved = await resolution.ConfigureAwait(false);
            var others = await PeersAsync(stage).ConfigureAwait(false);
            if (broken.TryGetValue(stage.Name, out var known))
                return known;
            var befores = await Task.WhenAll(inputs).ConfigureAwait(false);
            try
            {
                return resolved is not null
                    ? await rebuilder.MatchAsync(stage, resolved, others, cancellationToken).ConfigureAwait(false)
                    : await rebuilder.BlockedAsync(stage, [.. stage.Inputs.Select(i => i.Stage).Zip(befores)], cancellationToken)
                        .ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfStage(e))
            {
                return rebuilder.Broken(stage, e);
            }
        }

        async ValueTask<ImmutableArray<(PlannedStage, TResolved)>> PeersAsync(PlannedStage stage)
        {
            if (!peers.TryGetValue(stage.Name, out var group))
                return [];
            await allKnown.Task.ConfigureAwait(false);
            var all = await Task.WhenAll(group.Select(p => resolutions[p.Name])).ConfigureAwait(false);
            return [.. group.Zip(all).Where(p => p.Second is not null && p.First.Name != stage.Name).Select(p => (p.First, p.Second!))];
        }

        // The one boundary of stages: whatever comes out of one, a library's error or a fault of Lightnix, the others go on.
        bool IsOfStage(Exception e) => !(e is OperationCanceledException && cancellationToken.IsCancellationRequested);
    }
}

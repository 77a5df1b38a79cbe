using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>
/// Decides when: every stage after its inputs, as many at once as there are, one failure stopping only what depends on it. Whether a stage runs at all is
/// the rebuilder's matter (a topological scheduler, in the words of "Build Systems à la Carte").
/// </summary>
/// <typeparam name="TResolved">What the rebuilder knows of a stage once its inputs are chosen.</typeparam>
public sealed class Scheduler<TResolved>(IRebuilder<TResolved> rebuilder) where TResolved : class
{
    /// <summary>Every stage of the plan with its outcome.</summary>
    /// <param name="referenced">How the stages of other projects came out that this one reads.</param>
    public async Task<ImmutableDictionary<StageName, StageOutcome>> RunAsync(Plan plan, ImmutableDictionary<StageName, StageOutcome> referenced, CancellationToken cancellationToken)
    {
        var peers = Shapes.Peers(plan);
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
            var chosen = await Task.WhenAll(inputs).ConfigureAwait(false);
            if (chosen.Any(o => o.Choice is null))
                return null;
            try
            {
                return await rebuilder.ResolveAsync(stage, [.. chosen.Select(o => o.Choice!)], cancellationToken).ConfigureAwait(false);
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
            var others = ImmutableArray<(PlannedStage, TResolved)>.Empty;
            if (peers.TryGetValue(stage.Name, out var group))
            {
                await allKnown.Task.ConfigureAwait(false);
                var all = await Task.WhenAll(group.Select(p => resolutions[p.Name])).ConfigureAwait(false);
                others = [.. group.Zip(all).Where(p => p.Second is not null && p.First.Name != stage.Name).Select(p => (p.First, p.Second!))];
            }
            if (broken.TryGetValue(stage.Name, out var known))
                return known;
            try
            {
                if (resolved is not null)
                    return await rebuilder.MatchAsync(stage, resolved, others, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfStage(e))
            {
                return rebuilder.Broken(stage, e);
            }
            var befores = await Task.WhenAll(inputs).ConfigureAwait(false);
            return rebuilder.Blocked(stage, [.. stage.Inputs.Select(i => i.Stage).Zip(befores)]);
        }

        // The one boundary of stages: whatever comes out of one, a library's error or a fault of ours, the others go on.
        bool IsOfStage(Exception e) => !(e is OperationCanceledException && cancellationToken.IsCancellationRequested);
    }
}

/// <summary>Decides whether a stage runs.</summary>
public interface IRebuilder<TResolved> where TResolved : class
{
    /// <summary>Resolves a stage whose inputs are chosen; null when that failed and was diagnosed.</summary>
    Task<TResolved?> ResolveAsync(PlannedStage stage, ImmutableArray<Choice> inputs, CancellationToken cancellationToken);

    /// <summary>Matches a stage, and makes the runs that its matcher asks for.</summary>
    /// <param name="peers">Other stages that may have resolved to the same.</param>
    Task<StageOutcome> MatchAsync(PlannedStage stage, TResolved resolved, ImmutableArray<(PlannedStage Stage, TResolved Resolved)> peers, CancellationToken cancellationToken);

    /// <summary>The outcome of a stage at which an exception came out of this rebuilder; tells it.</summary>
    StageOutcome Broken(PlannedStage stage, Exception e);

    /// <summary>The outcome of a stage that could not be resolved.</summary>
    StageOutcome Blocked(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs);
}

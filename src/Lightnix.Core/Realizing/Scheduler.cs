using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Decides when: every stage after its inputs, as many at once as there are. A failure stops only what depends on it. The
/// rebuilder decides whether a stage runs (a topological scheduler, in the words of "Build Systems à la Carte").</summary>
/// <remarks>A stage whose input is absent opens that input again, and with it every stage below whose inputs come out otherwise. Outcomes
/// are given when no stage is open.</remarks>
/// <typeparam name="TResolved">What the rebuilder knows of a stage once its inputs are chosen.</typeparam>
public sealed class Scheduler<TResolved>(IRebuilder<TResolved> rebuilder) where TResolved : class
{
    /// <summary>How often one build opens a stage again.</summary>
    public const int MostReopenings = 3;

    /// <summary>Every stage of the plan with its outcome.</summary>
    /// <param name="referenced">Outcomes of the stages of other projects that this one reads.</param>
    public async Task<ImmutableDictionary<StageName, StageOutcome>> RunAsync(
        Plan plan, ImmutableDictionary<StageName, StageOutcome> referenced, CancellationToken cancellationToken)
    {
        var reopened = new Dictionary<StageName, int>();
        var pass = new SchedulerPass<TResolved>(rebuilder, plan, MayOpen, cancellationToken);
        var outcomes = await pass.RunAsync(referenced, null, []).ConfigureAwait(false);
        while (outcomes.Where(o => o.Value is StageOutcome.InputAbsent).ToImmutableArray() is { IsEmpty: false } waiting)
        {
            var inputs = waiting.SelectMany(w => ((StageOutcome.InputAbsent)w.Value).Inputs).ToImmutableHashSet();
            foreach (var input in inputs)
                reopened[input] = reopened.GetValueOrDefault(input) + 1;
            var open = inputs.Union(waiting.Select(w => w.Key));
            rebuilder.OpenAgain(open);
            outcomes = await pass.RunAsync(referenced, outcomes, open).ConfigureAwait(false);
        }
        await rebuilder.SettledAsync(cancellationToken).ConfigureAwait(false);
        return outcomes;

        bool MayOpen(StageName input) => plan.Find(input) is not null && reopened.GetValueOrDefault(input) < MostReopenings;
    }
}

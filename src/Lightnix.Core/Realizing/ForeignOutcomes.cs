using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>What other projects handed over, as outcomes: chosen by them, and never matched again.</summary>
public static class ForeignOutcomes
{
    /// <summary>The outcome of every stage of another project that the plan reads.</summary>
    public static ImmutableDictionary<StageName, StageOutcome> Of(Plan plan) => plan.Foreign.ToImmutableDictionary(f => f.Key, f => Of(f.Value));

    /// <summary>LNX2012 for what was chosen and is not in the store of this build; what is there stays as long as this build lives.</summary>
    public static IEnumerable<Diagnostic> Missing(Plan plan, string store, IResults results) =>
        from foreign in plan.Foreign
        where foreign.Value.Choice is { } choice && !choice.Trees.All(results.Keep)
        select BuildErrors.NotInThisStore(Reader(plan, foreign.Key), foreign.Key, foreign.Value, store);

    /// <summary>LNX2012 for each stage of which two choices came here: whoever reads both would mix them.</summary>
    public static IEnumerable<Diagnostic> Conflicts(IEnumerable<HandedStage> handed) =>
        from stage in handed.Where(h => h.Derivation is not null).GroupBy(h => (h.Project, h.Name))
        where stage.Skip(1).Any(other => !IsSame(stage.First(), other))
        orderby stage.Key.Project, stage.Key.Name
        select BuildErrors.TwoChoices(stage.Key.Project, stage.Key.Name, [.. stage]);

    /// <summary>What a project hands on: its own stages, and those of others that they were made from.</summary>
    /// <param name="lineage">What other projects handed on of projects that are not theirs.</param>
    public static ImmutableArray<HandedStage> HandOn(IEnumerable<HandedStage> own, Plan plan, IEnumerable<HandedStage> lineage) =>
        [.. own, .. plan.Foreign.Values.Concat(lineage).DistinctBy(h => (h.Project, h.Name)).OrderBy(h => h.Project, StringComparer.Ordinal).ThenBy(h => h.Name)];

    static StageOutcome Of(HandedStage stage) => stage switch
    {
        { Fails: true } => new StageOutcome.Failed(0),
        { Choice: { } choice } => new StageOutcome.Imported(choice),
        _ => new StageOutcome.Absent(),
    };

    static bool IsSame(HandedStage a, HandedStage b) =>
        a.Derivation == b.Derivation && (a.Choice is null ? b.Choice is null : a.Choice.IsSame(b.Choice));

    static PlannedStage Reader(Plan plan, StageName foreign) => plan.Stages.First(s => s.Inputs.Any(i => i.Stage == foreign));
}

using Lightnix.Contracts;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Outcomes of the stages of referenced projects, which those projects chose. This build does not match them again.</summary>
public static class ReferencedOutcomes
{
    /// <summary>The outcome of every stage of another project that the plan reads.</summary>
    public static ImmutableDictionary<StageName, StageOutcome> Of(Plan plan) =>
        plan.ReferencedStages.ToImmutableDictionary(f => f.Key, f => Of(f.Value));

    /// <summary>LNX2012 for what was chosen and is not in the store of this build; what is there stays as long as this build
    /// lives.</summary>
    public static IEnumerable<Diagnostic> Missing(Plan plan, string store, ILease lease) =>
        from referenced in plan.ReferencedStages
        where referenced.Value is { IsIntermediate: false, Choice: { } choice } && !choice.Trees.All(lease.Keep)
        select BuildErrors.NotInThisStore(Reader(plan, referenced.Key), referenced.Key, referenced.Value, store);

    /// <summary>LNX2012 for each stage of which two choices came here: a stage that reads both would mix them.</summary>
    public static IEnumerable<Diagnostic> Conflicts(IEnumerable<ReferencedStage> referenced) =>
        from stage in referenced.Where(h => h.Derivation is not null).GroupBy(h => (h.Project, h.Name))
        where stage.Skip(1).Any(other => !IsSame(stage.First(), other))
        orderby stage.Key.Project, stage.Key.Name
        select BuildErrors.TwoChoices(stage.Key.Project, stage.Key.Name, [.. stage]);

    /// <summary>The stages that a project exports: its own, and those of other projects that they were made from.</summary>
    /// <param name="lineage">Stages that referenced projects exported and that are not their own.</param>
    public static ImmutableArray<ReferencedStage> Export(IEnumerable<ReferencedStage> own, Plan plan,
        IEnumerable<ReferencedStage> lineage) =>
        [.. own, .. plan.ReferencedStages.Values.Concat(lineage).DistinctBy(h => (h.Project, h.Name))
            .OrderBy(h => h.Project, StringComparer.Ordinal).ThenBy(h => h.Name)];

    static StageOutcome Of(ReferencedStage stage) => stage switch
    {
        { Fails: true } => new StageOutcome.Failed(0),
        { Choice: { } choice } => new StageOutcome.Referenced(choice),
        _ => new StageOutcome.Absent(),
    };

    static bool IsSame(ReferencedStage a, ReferencedStage b) =>
        a.Derivation == b.Derivation && (a.Choice is null ? b.Choice is null : a.Choice.IsSame(b.Choice));

    static PlannedStage Reader(Plan plan, StageName referenced) => plan.Stages.First(s => s.Inputs.Any(i => i.Stage == referenced));
}

using Lightnix.Planning;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>Finds results of intermediate stages that a build leaves behind and that no stage of the project needs any more.</summary>
sealed class Intermediates(Plan plan, BuildSession session)
{
    public ImmutableArray<Reference<Tree>> Evictable(IReadOnlyDictionary<StageName, StageOutcome> outcomes)
    {
        if (session.IsReadOnly || !plan.Stages.Any(s => s.Execution.IsIntermediate))
            return [];
        var waiting = plan.Stages.Where(s => outcomes[s.Name] is not StageOutcome.Chosen).SelectMany(s => s.Inputs).Select(i => i.Stage)
            .ToHashSet();
        return
        [
            .. plan.Stages.Where(s => s.Execution.IsIntermediate && !waiting.Contains(s.Name)).Select(s => outcomes[s.Name])
                .OfType<StageOutcome.Chosen>().SelectMany(Trees).Distinct().Where(session.Store.Trees.Contains),
        ];
    }

    // Where runs were made, those that were not chosen leave trees as well.
    IEnumerable<Reference<Tree>> Trees(StageOutcome.Chosen chosen) => chosen.Ran == 0 ? chosen.Selection.Choice.Trees
        : session.Store.Records.History(chosen.Selection.Resolved).Runs.Select(r => r.Tree);
}

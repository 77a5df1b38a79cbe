using Lightnix.Queries;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>Looks for adopted results among what a build chose and what other projects chose for it.</summary>
sealed class AdoptedResultsCheck(ProjectRequest request, PlannedProject project, BuildSession session)
{
    /// <summary>LNX2020 or LNX2021 for each stage with an adopted result, where that is not simply allowed.</summary>
    public IEnumerable<Diagnostic> Problems(IReadOnlyDictionary<StageName, StageOutcome> outcomes)
    {
        if (request.Options.Adopted == AdoptedResults.Allow)
            return [];
        var closure = project.Plan.ClosureOf(project.Requested);
        var own = project.Plan.Stages.Where(s => closure.Contains(s.Name))
            .Select(s => (Name: s.Name.ToString(), outcomes[s.Name].Choice, Item: (DeclaredItem?)s.Item));
        var others = project.Plan.ReferencedStages.Values.Concat(request.Lineage).DistinctBy(s => (s.Project, s.Name))
            .Select(s => (Name: $"{Path.GetFileNameWithoutExtension(s.Project)}:{s.Name}", s.Choice, Item: (DeclaredItem?)null));
        return from stage in own.Concat(others)
               where stage.Choice is not null
               let adoption = stage.Choice.Results.Select(Adoption).FirstOrDefault(a => a is not null)
               where adoption is not null
               select request.Options.Adopted == AdoptedResults.Refuse
                   ? AdoptErrors.NotAllowed(stage.Name, adoption, stage.Item)
                   : AdoptErrors.Adopted(stage.Name, adoption, stage.Item);
    }

    // A result that a run gave as well is not adopted.
    Adoption? Adoption(ChosenResult result)
    {
        var runs = session.Store.Records.History(result.Resolved).Runs.Where(r => r.Tree == result.Tree).ToList();
        return runs.Any(r => r.Adopted is null) ? null : runs.FirstOrDefault()?.Adopted;
    }
}

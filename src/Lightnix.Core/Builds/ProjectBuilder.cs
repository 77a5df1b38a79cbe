using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Builds;

/// <summary>Builds, runs or plans one project against one store.</summary>
sealed class ProjectBuilder(ProjectRequest request, PlannedProject project, EventReporter events)
{
    public async Task<BuildResult> BuildAsync(CancellationToken cancellationToken)
    {
        using var session = new BuildSession(request, events, cancellationToken);
        var demands = new Demands(project.Plan, project.Requested, request.Options);
        var checks = new BuildChecks(request, project, session, demands, events);
        if (!await checks.PassAsync(cancellationToken).ConfigureAwait(false))
            return BuildResult.Failed;
        if (!session.IsPlan && !session.IsReadOnly)
        {
            // A build that has nothing to do also clears up after processes that were killed.
            session.Store.Sweep();
            WriteDerivations(session);
        }
        var declared = project.Plan.Stages.OrderBy(s => s.Item.Ordinal).Select(s => s.Name);
        ImmutableArray<StageName> requested = [.. declared.Where(demands.IsRequested)];
        events.Report(new BuildEvent.Begun(requested));
        var factory = new RebuilderFactory(request, project, session, demands, events);
        var rebuilder = factory.Make(checks);
        var outcomes = await new Scheduler<ResolvedStage>(rebuilder)
            .RunAsync(project.Plan, ReferencedOutcomes.Of(project.Plan), cancellationToken).ConfigureAwait(false);
        if (factory.Adopter is { } adopter)
            new Adoptions(request, project, events).Conclude(adopter, outcomes);
        events.Report(new AdoptedResultsCheck(request, project, session).Problems(outcomes));
        var chosen = Chosen(session, outcomes);
        var publication = new Publication(request, project, session, events);
        if (session.IsPlan)
            publication.ReportRefusedFiles(chosen);
        else if (request.Options.Mode != BuildMode.Repeat)
            chosen = await publication.PublishAsync(chosen, outcomes, cancellationToken).ConfigureAwait(false);
        return new(!events.HasErrors, chosen, events.Ran)
        {
            Exported = Exported(outcomes),
            Evictable = session.IsPlan ? [] : new Intermediates(project.Plan, session).Evictable(outcomes),
        };
    }

    // Those of the last build are in the store, unless a repair had to remove one. Those that the plan replaces were used until now.
    void WriteDerivations(BuildSession session)
    {
        var (last, records) = (session.Last.Stages, session.Store.Records);
        records.Add(project.Plan.Stages
            .Where(s => last.GetValueOrDefault(s.Name.ToString())?.Derivation != s.Reference || !records.Contains(s.Reference))
            .Select(s => s.Derivation));
        var planned = project.Plan.Stages.Select(s => s.Reference).ToHashSet();
        foreach (var replaced in last.Values.Select(s => s.Derivation).Where(d => !planned.Contains(d)))
            records.Use(replaced);
    }

    ImmutableArray<ProjectStage> Chosen(BuildSession session, ImmutableDictionary<StageName, StageOutcome> outcomes)
    {
        var trees = session.Store.Trees;
        return
        [
            .. from stage in project.Plan.Stages
               let choice = outcomes[stage.Name].Choice
               where choice is not null
               let files = PromisedFiles.AreAskedFor(stage) ? PromisedFiles.Of(stage, choice, trees.Get, trees.FolderOf) : []
               select new ProjectStage(stage, choice, files),
        ];
    }

    ImmutableArray<ReferencedStage> Exported(ImmutableDictionary<StageName, StageOutcome> outcomes)
    {
        var own = Exports.Of(project.Plan, request).Select(s => s with
        {
            Choice = outcomes[s.Name].Choice,
            Fails = outcomes[s.Name] is StageOutcome.Failed or StageOutcome.Skipped,
        });
        return ReferencedOutcomes.Export(own, project.Plan, request.Lineage);
    }
}

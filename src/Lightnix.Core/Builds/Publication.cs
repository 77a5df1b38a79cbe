using Lightnix.Queries;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>Publishes what a build chose, after all stages are settled: root, links, copies, lock file, in this order.</summary>
sealed class Publication(ProjectRequest request, PlannedProject project, BuildSession session, EventReporter events)
{
    /// <returns>The stages, with files under the paths where other tools find them.</returns>
    public async Task<ImmutableArray<ProjectStage>> PublishAsync(
        ImmutableArray<ProjectStage> chosen, IReadOnlyDictionary<StageName, StageOutcome> outcomes, CancellationToken cancellationToken)
    {
        // The root first: a choice is kept even if a file of the user's is in the way of a link.
        await new RootPublication(project, session, events).PublishAsync(outcomes, cancellationToken).ConfigureAwait(false);
        await new LinkPublication(request, session, events).PublishAsync(chosen, cancellationToken).ConfigureAwait(false);
        if (session.IsReadOnly)
            ReportGone(chosen);
        ReportRefusedFiles(chosen);
        if (events.HasErrors)
            return chosen;
        var published = await new CopyPublication(request, CopyPolicy.OfBuilds)
            .PublishAsync(chosen, session.Locks, cancellationToken).ConfigureAwait(false);
        // A lock file pins a whole build: a build that lacks what is pinned does not write it.
        if (!outcomes.Values.Any(o => o is StageOutcome.Chosen { LacksPinned: true }))
            await WriteLockAsync(outcomes, cancellationToken).ConfigureAwait(false);
        return published;
    }

    /// <summary>Reports promised files that cannot be published; a plan does too.</summary>
    public void ReportRefusedFiles(ImmutableArray<ProjectStage> chosen)
    {
        if (chosen.All(c => c.Files.IsEmpty))
            return;
        events.Report(TargetClashes.Among([.. chosen.SelectMany(c => c.Files.Select(file => (c.Stage.Name, file)))]));
        events.Report(CopyPublication.Refused(chosen));
    }

    void ReportGone(ImmutableArray<ProjectStage> chosen)
    {
        foreach (var stage in chosen.Where(c => !c.Stage.Execution.IsIntermediate))
        {
            var folders = stage.Choice!.Trees.Select(session.Store.Trees.FolderOf).Where(f => !Directory.Exists(f));
            events.Report(folders.Select(f => PublicationErrors.Gone(stage.Stage, f)));
        }
    }

    async Task WriteLockAsync(IReadOnlyDictionary<StageName, StageOutcome> outcomes, CancellationToken cancellationToken)
    {
        var selections = outcomes.Where(o => o.Value is StageOutcome.Chosen)
            .Select(o => (o.Key, ((StageOutcome.Chosen)o.Value).Selection)).ToImmutableArray();
        var failed = outcomes.Where(o => o.Value is StageOutcome.Failed or StageOutcome.Skipped).Select(o => o.Key).ToHashSet();
        if (await project.Lock
            .WriteAsync(project.Plan, selections, failed, session.Locks, events, cancellationToken).ConfigureAwait(false) is { } done)
            events.Hint(done);
    }
}

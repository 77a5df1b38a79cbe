using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Queries;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>Publishes what a build chose, after all stages are settled: root, links, copies, lock file, in this order.</summary>
sealed class Publication(ProjectRequest request, PlannedProject project, BuildSession session, EventReporter events)
{
    /// <returns>The stages, with files under the paths where other tools find them.</returns>
    public async Task<ImmutableArray<RealizedStage>> PublishAsync(
        ImmutableArray<RealizedStage> chosen, IReadOnlyDictionary<StageName, StageOutcome> outcomes, CancellationToken cancellationToken)
    {
        // The root first: a choice is kept even if a file of the user's is in the way of a link.
        await new RootPublication(project, session, events).PublishAsync(chosen, outcomes, cancellationToken).ConfigureAwait(false);
        await new LinkPublication(request, session, events).PublishAsync(chosen, cancellationToken).ConfigureAwait(false);
        if (session.IsReadOnly)
            events.Report(chosen.SelectMany(c => c.TreeFolders.Where(f => !Directory.Exists(f)).Select(f => PublicationErrors.Gone(c.Stage, f))));
        ReportRefusedFiles(chosen);
        if (events.HasErrors)
            return chosen;
        var published = await new CopyPublication(request, CopyPolicy.OfBuilds).PublishAsync(chosen, session.Locks, cancellationToken).ConfigureAwait(false);
        // A lock file pins a whole build: a build that lacks what is pinned does not write it.
        if (!outcomes.Values.Any(o => o is StageOutcome.Chosen { LacksPinned: true }))
            await WriteLockAsync(chosen, cancellationToken).ConfigureAwait(false);
        return published;
    }

    /// <summary>Reports promised files that cannot be published; a plan does too.</summary>
    public void ReportRefusedFiles(ImmutableArray<RealizedStage> chosen)
    {
        events.Report(TargetClashes.Among([.. chosen.SelectMany(c => c.Files.Select(file => (c.Stage.Name, file)))]));
        events.Report(CopyPublication.Refused(chosen));
    }

    async Task WriteLockAsync(ImmutableArray<RealizedStage> chosen, CancellationToken cancellationToken)
    {
        var selections = chosen.Select(c => (c.Stage.Name, c.Selection)).ToImmutableArray();
        if (await project.Lock.WriteAsync(project.Plan, selections, session.Locks, events, cancellationToken).ConfigureAwait(false) is { } done)
            events.Hint(done);
    }
}

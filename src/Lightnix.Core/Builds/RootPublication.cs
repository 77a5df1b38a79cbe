using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Queries;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>Publishes the root of the project, which keeps what was chosen from garbage collection.</summary>
sealed class RootPublication(PlannedProject project, BuildSession session, EventReporter events)
{
    public async Task PublishAsync(
        ImmutableArray<RealizedStage> chosen, IReadOnlyDictionary<StageName, StageOutcome> outcomes, CancellationToken cancellationToken)
    {
        var kept = await session.Root.ChangeAsync(session.Last, root => Change(root, chosen, outcomes), session.Locks, cancellationToken).ConfigureAwait(false);
        if (!kept && !chosen.IsEmpty)
            events.Hint(PublicationErrors.NothingKeeps(session.Store.Folder));
    }

    Root Change(Root root, ImmutableArray<RealizedStage> chosen, IReadOnlyDictionary<StageName, StageOutcome> outcomes)
    {
        var present = project.Plan.Stages.Select(s => s.Name.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // The results of a stage that lacks only a corrected promise must outlive a collection.
        var pending = outcomes.Where(o => o.Value is StageOutcome.Failed { Resolved: not null })
            .Select(o => KeyValuePair.Create(o.Key.ToString(), ((StageOutcome.Failed)o.Value).Resolved!));
        return root with
        {
            LockFile = project.Lock.PathForRoot,
            Stages = root.Stages
                .RemoveRange(root.Stages.Keys.Where(k => !present.Contains(k)))
                .SetItems(chosen.Select(c => KeyValuePair.Create(c.Stage.Name.ToString(), c.Selection))),
            Pending = root.Pending
                .RemoveRange(root.Pending.Keys.Where(k => !present.Contains(k)))
                .RemoveRange(chosen.Select(c => c.Stage.Name.ToString()))
                .SetItems(pending),
        };
    }
}

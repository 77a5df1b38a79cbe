using Lightnix.Building;
using Lightnix.Queries;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>Publishes the root of the project, which keeps what was chosen from garbage collection.</summary>
sealed class RootPublication(PlannedProject project, BuildSession session, EventReporter events)
{
    /// <summary>How long a slow git delays the end of a build.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task PublishAsync(IReadOnlyDictionary<StageName, StageOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (events.Made.Count > 0 || !ChoiceShift.Between(session.Last, Change(session.Last, outcomes)).IsEmpty)
            await Task.WhenAny(session.Revision.ReadAsync(), Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);
        var kept = await session.Root
            .ChangeAsync(session.Last, root => Change(root, outcomes), Done, session.Locks, cancellationToken).ConfigureAwait(false);
        if (!kept && outcomes.Values.Any(o => o is StageOutcome.Chosen))
            events.Hint(PublicationErrors.NothingKeeps(session.Store.Folder));
    }

    PastBuild Done(Root before, Root now)
    {
        var build = new PastBuild(
            session.Began, TimeProvider.System.GetUtcNow(), HostFacts.Who, events.Made, ChoiceShift.Between(before, now));
        // A build that did nothing reads no file of git.
        return !build.DidSomething ? build : build with
        {
            Revision = session.Revision.Known.Commit,
            Dirty = session.Revision.Known.Dirty,
        };
    }

    Root Change(Root root, IReadOnlyDictionary<StageName, StageOutcome> outcomes)
    {
        var present = project.Plan.Stages.Select(s => s.Name.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (stages, pending) = (root.Stages, root.Pending);
        stages = stages.RemoveRange(stages.Keys.Where(k => !present.Contains(k)));
        pending = pending.RemoveRange(pending.Keys.Where(k => !present.Contains(k)));
        foreach (var (name, outcome) in outcomes)
        {
            if (outcome is StageOutcome.Chosen { Selection: var selection })
                (stages, pending) = (Set(stages, name.ToString(), selection), pending.Remove(name.ToString()));
            // The results of a stage that lacks only a corrected promise must outlive a collection.
            else if (outcome is StageOutcome.Failed { Resolved: { } resolved })
                pending = pending.SetItem(name.ToString(), resolved);
        }
        var notBuilt = project.Plan.Stages.Where(s => !stages.ContainsKey(s.Name.ToString()) && !pending.ContainsKey(s.Name.ToString()))
            .ToImmutableSortedDictionary(s => s.Name.ToString(), s => s.Reference, StringComparer.OrdinalIgnoreCase);
        return root with
        {
            LockFile = project.Lock.PathForRoot,
            Stages = stages,
            Pending = pending,
            NotBuilt = notBuilt.SequenceEqual(root.NotBuilt) ? root.NotBuilt : notBuilt,
        };
    }

    // A root in which nothing changes stays the same object.
    static ImmutableSortedDictionary<string, Selection> Set(
        ImmutableSortedDictionary<string, Selection> stages, string name, Selection now) =>
        now.IsSame(stages.GetValueOrDefault(name)) ? stages : stages.SetItem(name, now);
}

using Lightnix.Building;
using Lightnix.Queries;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>Publishes the root of the project, which keeps what was chosen from garbage collection.</summary>
sealed class RootPublication(PlannedProject project, BuildSession session, EventReporter events)
{
    /// <summary>How long a slow git delays the end of a build.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Waited for once: also with the root's lock held, the build is asked what it did.
    Task? _revision;

    public async Task PublishAsync(IReadOnlyDictionary<StageName, StageOutcome> outcomes, CancellationToken cancellationToken)
    {
        var kept = await session.Root
            .ChangeAsync(
                session.Last, root => Change(root, outcomes), (before, now) => DoneAsync(before, now, outcomes, cancellationToken),
                session.Locks, cancellationToken)
            .ConfigureAwait(false);
        if (!kept && outcomes.Values.Any(o => o is StageOutcome.Chosen))
            events.Hint(PublicationErrors.NothingKeeps(session.Store.Folder));
    }

    async ValueTask<PastBuild> DoneAsync(
        Root before, Root now, IReadOnlyDictionary<StageName, StageOutcome> outcomes, CancellationToken cancellationToken)
    {
        var build = new PastBuild(
            session.Began, TimeProvider.System.GetUtcNow(), HostFacts.Who, events.Made, ChoiceShift.Between(before, now));
        // The same failure again is no news.
        if (build.DidSomething || !before.Failed.SequenceEqual(now.Failed) || !before.Pending.SequenceEqual(now.Pending))
        {
            build = build with
            {
                Failed = [.. outcomes.Where(o => o.Value is StageOutcome.Failed).Select(o => o.Key.ToString())
                    .Order(StringComparer.Ordinal)],
            };
        }
        // A build that did nothing reads no file of git.
        if (!build.DidSomething)
            return build;
        await (_revision ??= Task.WhenAny(session.Revision.ReadAsync(), Task.Delay(Patience, cancellationToken))).ConfigureAwait(false);
        return build with
        {
            Revision = session.Revision.Known.Commit,
            Dirty = session.Revision.Known.Dirty,
        };
    }

    Root Change(Root root, IReadOnlyDictionary<StageName, StageOutcome> outcomes)
    {
        var present = project.Plan.Stages.Select(s => s.Name.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (stages, pending, failed) = (root.Stages, root.Pending, root.Failed);
        stages = stages.RemoveRange(stages.Keys.Where(k => !present.Contains(k)));
        pending = pending.RemoveRange(pending.Keys.Where(k => !present.Contains(k)));
        failed = failed.RemoveRange(failed.Keys.Where(k => !present.Contains(k)));
        foreach (var (stage, outcome) in outcomes)
        {
            var name = stage.ToString();
            switch (outcome)
            {
                case StageOutcome.Chosen { Selection: var selection }:
                    (stages, pending) = (Set(stages, name, selection), pending.Remove(name));
                    // Also stages behind it that this build was not asked for.
                    failed = failed.Remove(name).RemoveRange(
                        failed.Where(f => string.Equals(f.Value, name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Key));
                    break;
                // The results of a stage that lacks only a corrected promise must outlive a collection.
                case StageOutcome.Failed { Resolved: { } resolved }:
                    (pending, failed) = (pending.SetItem(name, resolved), failed.Remove(name));
                    break;
                case StageOutcome.Failed:
                    failed = failed.SetItem(name, name);
                    break;
                case StageOutcome.Skipped { Because: var because }:
                    failed = failed.SetItem(name, because.ToString());
                    break;
            }
        }
        var notBuilt = project.Plan.Stages.Where(s => !stages.ContainsKey(s.Name.ToString()) && !pending.ContainsKey(s.Name.ToString()))
            .ToImmutableSortedDictionary(s => s.Name.ToString(), s => s.Reference, StringComparer.OrdinalIgnoreCase);
        return root with
        {
            LockFile = project.Lock.PathForRoot,
            Stages = stages,
            Pending = pending,
            Failed = failed,
            NotBuilt = notBuilt.SequenceEqual(root.NotBuilt) ? root.NotBuilt : notBuilt,
        };
    }

    // Without a new selection the dictionary stays the same object, so that the store sees equal roots.
    static ImmutableSortedDictionary<string, Selection> Set(
        ImmutableSortedDictionary<string, Selection> stages, string name, Selection now) =>
        now.IsSame(stages.GetValueOrDefault(name)) ? stages : stages.SetItem(name, now);
}

using Lightnix.Planning;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Builds;

/// <summary>Makes the rebuilder for the mode of a build.</summary>
sealed class RebuilderFactory(ProjectRequest request, PlannedProject project, BuildSession session, Demands demands, EventReporter events)
{
    /// <param name="checks">Have passed.</param>
    public IRebuilder<ResolvedStage> Make(BuildChecks checks)
    {
        if (project.Lock.IsLocked)
            return new LockedRealizer(Context(), project.Lock.Pinned, checks.Mismatches, session.IsPlan);
        return session.IsPlan ? new Forecaster(Context()) : new Realizer(Context(), Runner());
    }

    BuildContext Context() => new()
    {
        Resolver = new(Shells.Default, session.Results, VersionAsync, EpochNow()),
        Traces = session.Results,
        Trees = session.Results,
        Lease = session.Results,
        Verdicts = session.Results,
        Last = session.Last,
        Platform = session.Host.Platform,
        Chooser = project.Lock.Chooser,
        Demand = demands.Of,
        FolderOf = session.Store.Trees.FolderOf,
        Command = session.Store.Tool.Of,
        Report = events.Report,
        Project = request.Options.ProjectFile,
    };

    IRunner Runner()
    {
        if (request.Options.RunsNothing)
            return new RefusingRunner(o => RunErrors.MayNotRun(o.Stage.Name, o.Stage.Item, o.Reason));
        if (session.IsReadOnly)
            return new RefusingRunner(o => RunErrors.Refused(o.Stage, StorageErrors.ReadOnly(session.Store.Folder, o.Reason)));
        var settings = new RunSettings(
            session.Host,
            $"process {Environment.ProcessId} on {session.Host.Name}",
            request.Options.KeepWorkspace,
            request.Project.Directory)
        {
            RevisionAsync = session.Builders.Revisions.ReadAsync,
            KeepSources = request.Options.KeepSources,
        };
        var executor = new LocalExecutor(session.Builders.Processes, new(request.Options.MaxParallel), events.Report);
        var makers = new Makers(
            session.Store, executor, session.Builders.Downloads, session.Builders.Sandbox, TimeProvider.System, settings);
        return new Runner(session.Store, executor, makers, TimeProvider.System, settings, events.Report);
    }

    async Task<string?> VersionAsync(string tool, CancellationToken cancellationToken) =>
        (await session.Builders.Tools.ProbeAsync(tool, cancellationToken).ConfigureAwait(false))?.Text;

    // One moment for the whole build: two stages must not see two days.
    static Func<string, string> EpochNow()
    {
        var now = TimeProvider.System.GetUtcNow();
        return epoch => EpochValue.At(epoch, now);
    }
}

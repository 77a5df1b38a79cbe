using Lightnix.Planning;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Builds;

/// <summary>Makes the rebuilder for the mode of a build.</summary>
sealed class RebuilderFactory(ProjectRequest request, PlannedProject project, BuildSession session, Demand demand, EventReporter events)
{
    /// <param name="checks">Have passed.</param>
    public IRebuilder<Resolution> Make(BuildChecks checks)
    {
        var resolver = new StageResolver(new(OperatingSystem.IsWindows() ? "cmd" : "sh"), session.Results, VersionAsync, EpochNow());
        if (project.Lock.IsLocked)
            return new LockedRealizer(resolver, session.Results, project.Lock.Pinned, checks.Mismatches, demand.IsAsked, session.IsPlan, session.Last, session.Store.Trees.FolderOf, events.Report);
        if (session.IsPlan)
            return new Forecaster(resolver, session.Results, demand.IsAsked, demand.IsPlannedAgain, session.Host.Platform, session.Last, project.Lock.Pins, events.Report);
        return new Realizer(resolver, session.Results, Runner(), demand.Of, session.Host.Platform, session.Last, project.Lock.Pins, request.Options.ProjectFile, session.Store.Trees.FolderOf, events.Report);
    }

    IRunner Runner()
    {
        if (request.Options.RunsNothing)
            return new RefusingRunner(o => RunErrors.MayNotRun(o.Stage.Name, o.Stage.Item, o.Reason));
        if (session.IsReadOnly)
            return new RefusingRunner(o => RunErrors.Refused(o.Stage, StorageErrors.ReadOnly(session.Store.Folder, o.Reason)));
        var settings = new RunSettings(
            session.Host, $"process {Environment.ProcessId} on {session.Host.Name}", request.Options.KeepWorkspace, request.Project.Directory);
        var executor = new LocalExecutor(session.Builders.Processes, new(request.Options.MaxParallel), events.Report);
        var makers = new Makers(session.Store, executor, session.Builders.Downloads, session.Builders.Sandbox, TimeProvider.System, settings);
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

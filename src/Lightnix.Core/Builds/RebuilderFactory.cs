using Lightnix.Building;
using Lightnix.Contracts;
using Lightnix.Planning;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Builds;

/// <summary>Makes the rebuilder for the mode of a build: what makes its runs, resolves, chooses, keeps and reports.</summary>
sealed class RebuilderFactory(ProjectRequest request, PlannedProject project, BuildSession session, Demands demands, EventReporter events)
{
    /// <summary>Null where nothing is to be adopted.</summary>
    public Adopter? Adopter { get; } = request.Options.Adopt is not { } options ? null : new(
        options, project.Requested, HostFacts.Who, TimeProvider.System.GetUtcNow(), session.Last, session.Results);

    /// <param name="checks">Have passed.</param>
    public IRebuilder<ResolvedStage> Make(BuildChecks checks)
    {
        var context = Context(checks);
        return new Rebuilder(context, Runner(), session.IsPlan ? new PlanReports(context) : new BuildReports(context));
    }

    BuildContext Context(BuildChecks checks)
    {
        var resolver = new Resolver(Shells.Default, session.Results, VersionAsync, EpochNow());
        ILease lease = session.IsPlan ? new LookingLease(session.Results) : session.Results;
        var isLocked = project.Lock.IsLocked;
        return new()
        {
            Resolver = isLocked ? new PinnedResolver(project.Lock.Pinned, checks.Mismatches, resolver, session.Results) : resolver,
            Traces = Traces(isLocked),
            Adopter = Adopter,
            Trees = session.Results,
            Lease = lease,
            Verdicts = session.Results,
            Last = session.Last,
            Platform = session.Host.Platform,
            IsLocked = isLocked,
            Repetitions = request.Options.Repetitions,
            Chooser = isLocked ? new PinnedChooser(
                project.Lock.Pinned, checks.Mismatches, lease, session.Store.Trees.FolderOf, session.Store.Tool.Of)
                : project.Lock.Chooser,
            Demand = demands.Of,
            MayFail = demands.MayFail,
            ParametersOf = project.Plan.ParametersOf,
            MetricAbove = project.Plan.MetricAbove,
            IsChosenAnew = IsChosenAnew,
            Needed = project.Needed,
            MakeAgain = MakeAgainAsync,
            IsPlan = session.IsPlan,
            FolderOf = session.Store.Trees.FolderOf,
            Command = session.Store.Tool.Of,
            Report = events.Report,
            Project = request.Options.ProjectFile,
        };
    }

    async Task<bool> MakeAgainAsync(StageName referenced)
    {
        var stage = project.Plan.ReferencedStages[referenced];
        if (session.IsPlan || request.Options.RunsNothing)
            return session.IsPlan;
        return request.MakeAgain is { } make && await make(stage.Project, stage.Name).ConfigureAwait(false);
    }

    bool IsChosenAnew(StageName referenced)
    {
        var stage = project.Plan.ReferencedStages[referenced];
        var now = session.Store.Roots.Read(stage.Project).Stages.GetValueOrDefault(stage.Name.ToString());
        return now is not null && !now.Choice.IsSame(stage.Choice);
    }

    // In locked mode adoptions are not filtered out here: AdoptedResultsCheck reports those that the lock file pins.
    ITraces Traces(bool isLocked) => isLocked ? session.Results
        : new AdoptionTraces(session.Results, Adopter, count: Adopter is not null || request.Options.Adopted != AdoptedResults.Refuse);

    IRunner Runner()
    {
        if (session.IsPlan)
            return new ForeseeingRunner();
        if (project.Lock.IsLocked)
            return new RefusingRunner(o => LockErrors.NotHere(o.Stage, "a result", "was collected from the store"));
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
            Revision = session.Revision,
            KeepSources = request.Options.KeepSources,
            ProjectFile = request.Options.ProjectFile,
            User = HostFacts.Who,
        };
        var admission = new Admission(request.Options.Cores, request.Options.MaxParallel);
        var executor = new LocalExecutor(session.Builders.Processes, admission, events.Report);
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

using Lightnix.Building;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Builds;

/// <summary>Builds of one project, for a skin. Mistakes are reported as events, from one thread at a time.</summary>
public static class ProjectBuilds
{
    /// <summary>Builds, runs or plans.</summary>
    /// <remarks>A process that is asked to end while it builds (SIGTERM, SIGHUP) ends its builders first.</remarks>
    /// <exception cref="OperationCanceledException">It was cancelled; what other runs finished is kept.</exception>
    public static Task<BuildResult> BuildAsync(ProjectRequest request, Action<BuildEvent> report, CancellationToken cancellationToken)
    {
        var events = new EventReporter(report);
        return UntilEndAsync(events, token => events.GuardAsync(
            async () =>
            {
                // A plan writes nothing.
                using var contents = ProjectPlanning.ContentsOf(request, remember: request.Options.Mode != BuildMode.Plan, token);
                return PlannedProject.Open(request, contents, events) is { } project
                    ? await new ProjectBuilder(request, project, events).BuildAsync(token).ConfigureAwait(false)
                    : BuildResult.Failed;
            },
            BuildResult.Failed), cancellationToken);
    }

    /// <summary>Plans a build in which the requested stages adopt the results of their last choice, and writes these on request.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<BuildResult> AdoptAsync(
        ProjectRequest request, AdoptOptions adopt, Action<BuildEvent> report, CancellationToken cancellationToken) =>
        BuildAsync(request with { Options = request.Options with { Mode = BuildMode.Plan, Adopt = adopt } }, report, cancellationToken);

    /// <summary>Builds if that runs nothing. Else nothing changes, and each stage that is not up to date is reported (LNX2014).</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<BuildResult> BuildIfUpToDateAsync(
        ProjectRequest request, Action<BuildEvent> report, CancellationToken cancellationToken)
    {
        var events = new EventReporter(report);
        return UntilEndAsync(events, token => events.GuardAsync(
            async () =>
            {
                using var contents = ProjectPlanning.ContentsOf(request, remember: false, token);
                var forecast = await Forecast.OfAsync(request, contents, token).ConfigureAwait(false);
                if (!forecast.IsUpToDate)
                {
                    forecast.ReportOpen(events);
                    return BuildResult.Failed;
                }
                contents.Remember();
                forecast.ReportPlanning(events);
                var build = request with { Options = request.Options with { RunsNothing = true } };
                return await new ProjectBuilder(build, forecast.Project!, events).BuildAsync(token).ConfigureAwait(false);
            },
            BuildResult.Failed), cancellationToken);
    }

    /// <summary>Makes new attempts of runs of the requested stages, with their seeds. No choice changes, and nothing is published. Nothing
    /// runs if a stage is not up to date: what it is now was never run.</summary>
    /// <param name="repetitions">Of each stage; at least 1.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; what other runs finished is kept.</exception>
    public static Task<BuildResult> RepeatAsync(
        ProjectRequest request, int repetitions, Action<BuildEvent> report, CancellationToken cancellationToken)
    {
        var events = new EventReporter(report);
        // Repetitions move no choice, so a locked build may make them too.
        var options = request.Options with { Lock = request.Options.Lock with { Locked = false } };
        return UntilEndAsync(events, token => events.GuardAsync(
            async () =>
            {
                using var contents = ProjectPlanning.ContentsOf(request, remember: false, token);
                var forecast = await Forecast.OfAsync(request with { Options = options }, contents, token).ConfigureAwait(false);
                if (!forecast.IsUpToDate)
                    forecast.ReportOpen(events);
                else
                    events.Report(RepetitionErrors.Of(forecast.Project!));
                if (events.HasErrors)
                    return BuildResult.Failed;
                var build = request with { Options = options with { Mode = BuildMode.Repeat, Repetitions = repetitions } };
                var result = await new ProjectBuilder(build, forecast.Project!, events).BuildAsync(token).ConfigureAwait(false);
                if (events.Made.IsEmpty && !events.HasErrors)
                    events.Report(RepetitionErrors.NoneThere(forecast.Project!.Requested));
                return result with { Succeeded = !events.HasErrors };
            },
            BuildResult.Failed), cancellationToken);
    }

    /// <summary>Removes the trees of intermediate stages that a build left, once all projects of that build are done: others may read
    /// them.</summary>
    /// <param name="store">Absolute.</param>
    /// <param name="trees"><see cref="BuildResult.Evictable"/>.</param>
    public static void Evict(string store, ImmutableArray<Reference<Tree>> trees)
    {
        if (trees.IsEmpty)
            return;
        try
        {
            using var opened = Store.Open(store);
            opened.Maintenance.Evict(trees, TimeProvider.System.GetUtcNow());
        }
        catch (Exception e) when (RunErrors.IsOfStore(e))
        {
            // The next build tries again.
        }
    }

    /// <summary>What the last build chose, with copies of files below <c>obj</c>.</summary>
    /// <param name="mustBeBuilt">As of <see cref="ProjectQueries.Recall(ProjectRequest,bool,Action{BuildEvent})"/>.</param>
    /// <exception cref="OperationCanceledException">It was cancelled while files were copied.</exception>
    public static Task<ImmutableArray<ProjectStage>> RecallAsync(
        ProjectRequest request, bool mustBeBuilt, CopyPolicy policy, Action<BuildEvent> report, CancellationToken cancellationToken)
    {
        var events = new EventReporter(mustBeBuilt || !policy.OnlyMissing ? report : _ => { });
        return events.GuardAsync<ImmutableArray<ProjectStage>>(
            async () =>
            {
                using var store = request.OpenReadOnly();
                var stages = ProjectQueries.Recall(request, store, mustBeBuilt, events);
                return await new CopyPublication(request, policy).PublishLastAsync(stages, store, cancellationToken).ConfigureAwait(false);
            },
            []);
    }

    static async Task<BuildResult> UntilEndAsync(
        EventReporter events, Func<CancellationToken, Task<BuildResult>> build, CancellationToken cancellationToken)
    {
        using var end = new ProcessTermination(cancellationToken);
        try
        {
            return await build(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && end.Reason is { } reason)
        {
            events.Report(PublicationErrors.Ended(reason));
            return BuildResult.Failed;
        }
    }
}

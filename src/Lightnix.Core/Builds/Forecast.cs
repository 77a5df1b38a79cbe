using Lightnix.Planning;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Builds;

/// <summary>What a build would do. The project is planned once, for the forecast and for the build after it.</summary>
sealed class Forecast
{
    readonly List<BuildEvent> _events = [];
    ImmutableArray<BuildEvent> _ofPlanning = [];
    bool _hasErrors;

    Forecast() { }

    /// <summary>The project; null if it has mistakes.</summary>
    public PlannedProject? Project { get; private set; }

    /// <summary>True if a build would run nothing and fail nowhere.</summary>
    public bool IsUpToDate => Project is not null && !_hasErrors && !Open.Any();

    IEnumerable<BuildEvent.Planned> Open =>
        _events.OfType<BuildEvent.Planned>().Where(p => p.Plan.IsOpen);

    public static async Task<Forecast> OfAsync(ProjectRequest request, IContents contents, CancellationToken cancellationToken)
    {
        var forecast = new Forecast();
        var events = new EventReporter(forecast._events.Add);
        await events.GuardAsync(() => forecast.MakeAsync(request, contents, events, cancellationToken), BuildResult.Failed)
            .ConfigureAwait(false);
        forecast._hasErrors = events.HasErrors;
        return forecast;
    }

    async Task<BuildResult> MakeAsync(ProjectRequest request, IContents contents, EventReporter events, CancellationToken cancellationToken)
    {
        Project = PlannedProject.Open(request, contents, events);
        _ofPlanning = [.. _events];
        if (Project is null)
            return BuildResult.Failed;
        var plan = request with { Options = request.Options with { Mode = BuildMode.Plan, PlanOf = request.Options.Mode } };
        return await new ProjectBuilder(plan, Project, events).BuildAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reports what planning found: warnings and hints.</summary>
    public void ReportPlanning(EventReporter events)
    {
        foreach (var reported in _ofPlanning)
            events.Report(reported);
    }

    /// <summary>Reports every problem, and LNX2014 for each stage that is not up to date.</summary>
    public void ReportOpen(EventReporter events)
    {
        foreach (var problem in _events.OfType<BuildEvent.Diagnosed>())
            events.Report(problem);
        events.Report(Open.Select(stage => RunErrors.MayNotRun(stage.Stage, stage.Item, string.Join("; ", stage.Why))));
    }
}

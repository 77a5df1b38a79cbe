using Lightnix.Planning;
using Lightnix.Queries;

namespace Lightnix.Builds;

/// <summary>A project that is ready to be built: no mistake was found.</summary>
/// <param name="Requested">The stages that the build was asked for.</param>
sealed record PlannedProject(Plan Plan, ImmutableHashSet<StageName> Requested, ProjectLock Lock)
{
    /// <summary>Null if there is an error.</summary>
    public static PlannedProject? Open(ProjectRequest request, IContents contents, EventReporter events)
    {
        if (ProjectPlanning.Plan(request, contents, events) is not { } plan)
            return null;
        if (ProjectPlanning.Requested(request, plan, events) is not { } requested)
            return null;
        var scope = StageScope.Of(request.Project, request.Options.IsPart);
        return ProjectLock.Open(request.Options, plan, scope, requested, events) is { } theLock ? new(plan, requested, theLock) : null;
    }
}

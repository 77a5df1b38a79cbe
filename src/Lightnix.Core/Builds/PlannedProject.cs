using Lightnix.Planning;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Builds;

/// <summary>A project that is ready to be built: no mistake was found.</summary>
/// <param name="Requested">The stages that the build was asked for.</param>
sealed record PlannedProject(Plan Plan, ImmutableHashSet<StageName> Requested, ProjectLock Lock)
{
    /// <summary>Intermediate stages whose bytes another project of the build needs.</summary>
    public ImmutableHashSet<StageName> Needed { get; init; } = [];

    /// <summary>Null if there is an error.</summary>
    public static PlannedProject? Open(ProjectRequest request, IContents contents, EventReporter events)
    {
        if (ProjectPlanning.Plan(request, contents, events) is not { } plan)
            return null;
        if (ProjectPlanning.Requested(request, plan, events) is not { } requested)
            return null;
        var scope = StageScope.Of(request.Project, request.Options.IsPart);
        if (ProjectLock.Open(request.Options, plan, scope, requested, events) is not { } theLock)
            return null;
        var needed = NeededOf(request.Options, plan, scope, events);
        return new(plan, requested.Union(needed), theLock) { Needed = needed };
    }

    static ImmutableHashSet<StageName> NeededOf(BuildOptions options, Plan plan, StageScope scope, EventReporter events)
    {
        if (options.Needed.IsEmpty)
            return [];
        var (stages, problems, unknown) = StagePatterns.Select(plan, options.Needed, scope, "LightnixNeeded");
        events.Report(problems);
        foreach (var pattern in unknown)
            events.Report(BuildEvent.Hint.UnknownHere("LightnixNeeded", pattern, scope.Project));
        return [.. stages.Where(s => s.Execution.IsIntermediate).Select(s => s.Name)];
    }
}

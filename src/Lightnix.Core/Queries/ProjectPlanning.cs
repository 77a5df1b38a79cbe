using Lightnix.Planning;
using Lightnix.Projects;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Queries;

/// <summary>Plans the project of a request and reports all mistakes of its declaration.</summary>
static class ProjectPlanning
{
    /// <summary>The working tree of the project.</summary>
    /// <param name="remember">True: digests of what is read are written below <c>obj</c>.</param>
    public static WorkingTree ContentsOf(ProjectRequest request, bool remember, CancellationToken cancellationToken = default) =>
        new(
            Path.Combine(request.IntermediateFolder, "digests"),
            request.Programs,
            remember: remember,
            lists: Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(request.IntermediateFolder)),
            never: request.Project.NeverSources,
            cancellationToken: cancellationToken);

    /// <summary>The plan; null if there is an error.</summary>
    public static Plan? Plan(ProjectRequest request, IContents contents, EventReporter events)
    {
        var result = Planner.Plan(request.Project, contents);
        events.Report(result.Diagnostics);
        // The only problem is a program that was built and has no output.
        if (!events.HasErrors)
            events.Report(result.Unbuilt);
        events.Report(ReferencedOutcomes.Conflicts(request.Project.ReferencedStages.Concat(request.Lineage)));
        return events.HasErrors ? null : result.Plan;
    }

    /// <summary>The plan without reading the working tree: names, cells, promises, matchers are right, derivations mean nothing.</summary>
    /// <param name="withInputs">True: also which stage reads which is right.</param>
    public static Plan? Outline(ProjectRequest request, EventReporter events, bool withInputs = false)
    {
        var outline = new StageOutline(withInputs ? request.Project.Items : []);
        var items = request.Project.Items.Where(i => i.Kind != ItemKind.Source).Select(outline.Of);
        var result = Planner.Plan(request.Project with { Items = [.. items], IsOutline = true }, new UnreadContents());
        events.Report(result.Diagnostics);
        return result.Plan;
    }

    /// <summary>The stages that <c>LightnixStages</c> names; null if one of its names is wrong.</summary>
    public static ImmutableHashSet<StageName>? Requested(ProjectRequest request, Plan plan, EventReporter events)
    {
        var options = request.Options;
        var runs = (options.Mode == BuildMode.Plan ? options.PlanOf : options.Mode) == BuildMode.Run;
        var scope = StageScope.Of(request.Project, options.IsPart);
        var (stages, problems, unknown) = StagePatterns.Select(plan, options.Stages, scope);
        // Of other projects, LightnixRun runs nothing; in a solution it is asked of them as well.
        if (runs && (options.Stages.IsEmpty || (stages.IsEmpty && problems.IsEmpty && !options.IsPart)))
            problems = [DeclarationErrors.NothingToRun(plan.Stages.Select(s => s.DeclaredName.ToString()).Distinct())];
        // A choice that only a wildcard names has nothing to run, like an import.
        var exact = options.Stages.RemoveAll(p => p.AsSpan().ContainsAny('*', '?'));
        ImmutableArray<PlannedStage> choices = exact.IsEmpty || !(runs || options.Adopt is not null) ? []
            : [.. StagePatterns.Select(plan, exact, scope).Stages.Where(s => s.IsChoice)];
        if (runs)
            problems = [.. problems, .. choices.Select(c => ChoiceErrors.CannotRun(c, plan))];
        if (options.Adopt is not null)
            problems = [.. problems, .. choices.Select(c => ChoiceErrors.CannotAdopt(c, plan))];
        events.Report(problems);
        foreach (var pattern in unknown)
            events.Report(BuildEvent.Hint.UnknownHere("LightnixStages", pattern, request.Project.Name));
        return problems.Any(p => p.Severity == Severity.Error) ? null : [.. stages.Select(s => s.Name)];
    }
}

using Lightnix.Planning;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Questions about one project. They run nothing and write nothing; mistakes are reported as events.</summary>
public static class ProjectQueries
{
    /// <summary>Reports all mistakes of declaration, before any program is built.</summary>
    /// <returns>What other projects may know by now.</returns>
    public static ImmutableArray<ReferencedStage> Check(ProjectRequest request, Action<BuildEvent> report)
    {
        var events = new EventReporter(report);
        return events.Guard<ImmutableArray<ReferencedStage>>(
            () =>
            {
                using var contents = ProjectPlanning.ContentsOf(request, remember: false);
                var unbuilt = new UnbuiltPrograms(contents, request.Project.Directory);
                var plan = ProjectPlanning.Plan(request with { Project = Undecided(request.Project) }, unbuilt, events);
                return plan is null || ProjectPlanning.Requested(request, plan, events) is null ? [] : Exports.Declared(plan, request);
            },
            []);
    }

    /// <summary>The key under which CI keeps the store; null if there are errors.</summary>
    public static ClosureHash? ClosureHash(ProjectRequest request, Action<BuildEvent> report)
    {
        var events = new EventReporter(report);
        return events.Guard(
            () =>
            {
                using var contents = ProjectPlanning.ContentsOf(request, remember: false);
                return ProjectPlanning.Plan(request, contents, events) is { } plan ? Queries.ClosureHash.Of(request, plan) : null;
            },
            null);
    }

    /// <summary>What the last build chose, beside what is declared now. Reads no source; a store that is gone counts as empty.</summary>
    /// <param name="mustBeBuilt">Reports mistakes, and LNX5003 for each stage whose files another tool wants and whose choice is
    /// gone.</param>
    public static ImmutableArray<ProjectStage> Recall(ProjectRequest request, bool mustBeBuilt, Action<BuildEvent> report)
    {
        var events = new EventReporter(mustBeBuilt ? report : _ => { });
        return events.Guard(
            () =>
            {
                using var store = request.OpenReadOnly();
                return Recall(request, store, mustBeBuilt, events);
            },
            []);
    }

    internal static ImmutableArray<ProjectStage> Recall(ProjectRequest request, Store store, bool mustBeBuilt, EventReporter events)
    {
        var stages = new LastBuild(store, request).Stages(mustBeBuilt ? events : new(_ => { }));
        var missing = stages.Where(s => mustBeBuilt && s.Choice is null && PromisedFiles.AreAskedFor(s.Stage));
        events.Report(missing.Select(s => QueryErrors.NotBuilt(s.Stage, request.Store)));
        return stages;
    }

    /// <summary>Tests every promise, as it is declared now, against what the last build chose. Reads no source.</summary>
    /// <returns>Also promises that are not kept, each of which is reported (LNX2001, LNX5003).</returns>
    public static ImmutableArray<TestedPromise> TestPromises(ProjectRequest request, Action<BuildEvent> report)
    {
        var events = new EventReporter(report);
        return events.Guard(
            () =>
            {
                var tested = PromiseTests.Of(request, events);
                events.Report(tested.Where(t => t is { IsKept: false, IsSkipped: false }).Select(t => t.Broken.IsEmpty
                    ? QueryErrors.NothingToTest(t, request.Store)
                    : Broken(request.Options.ProjectFile, t)));
                return tested;
            },
            []);
    }

    static Diagnostic Broken(string project, TestedPromise tested) => tested.Unchosen is null
        ? BrokenPromiseErrors.OfLastBuild(tested.Stage.Name, tested.Promise, tested.Broken, tested.Folder)
        : BrokenPromiseErrors.OfUnchosen(project, tested.Stage, tested.Promise, tested.Broken, tested.Folder);

    // A stand-in for derivations that are not known yet: good enough to find every mistake, and for nothing else.
    static DeclaredProject Undecided(DeclaredProject project) => project with
    {
        ReferencedStages = [.. project.ReferencedStages.Select(s => s with { Derivation = new Reference<Derivation>(Digest.Of([])) })],
    };
}

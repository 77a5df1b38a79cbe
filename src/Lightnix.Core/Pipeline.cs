using System.Collections.Immutable;
using Lightnix.Building;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Projects;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix;

/// <summary>The composition root: planning, storage, building and realizing put together for a skin.</summary>
public static class Pipeline
{
    /// <summary>Builds, runs or plans. Events come from one thread at a time.</summary>
    /// <remarks>A process that is told to end while it builds (SIGTERM, SIGHUP) ends its builders first.</remarks>
    /// <exception cref="OperationCanceledException">It was cancelled; what other runs finished is kept.</exception>
    public static async Task<PipelineResult> RunAsync(PipelineRequest request, Action<BuildEvent> tell, CancellationToken cancellationToken)
    {
        var teller = new Teller(tell);
        using var end = new ProcessEnd(cancellationToken);
        try
        {
            using var workingTree = WorkingTreeOf(request, end.Token);
            if (Plan(request, workingTree, teller) is not { } plan || Requested(request, plan, teller) is not { } requested)
                return PipelineResult.Failed;
            if (ProjectLock.Open(request.Options, plan, StageScope.Of(request.Project, request.Options.IsPart), requested, teller) is not { } theLock)
                return PipelineResult.Failed;
            using var session = new Session(request, plan, requested, theLock, teller, end.Token);
            return await session.RunAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && end.Reason is { } reason)
        {
            teller.Tell(new BuildEvent.Diagnosed(BuildErrors.Ended(reason)));
            return PipelineResult.Failed;
        }
        catch (Exception e) when (Problem(e) is { } problem)
        {
            teller.Tell(new BuildEvent.Diagnosed(problem));
            return PipelineResult.Failed;
        }
    }

    /// <summary>A build that may run nothing. Where it would have to, nothing is changed, and each stage that is not up to date is told (LNX2014).</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<PipelineResult> AnswerAsync(PipelineRequest request, Action<BuildEvent> tell, CancellationToken cancellationToken)
    {
        var said = new List<BuildEvent>();
        var plan = await RunAsync(request with { Options = request.Options with { Mode = BuildMode.Plan, PlanOf = request.Options.Mode } }, said.Add, cancellationToken).ConfigureAwait(false);
        var open = said.OfType<BuildEvent.Planned>().Where(p => p.Action != PlannedAction.Reuse).ToList();
        if (plan.Succeeded && open.Count == 0)
            return await RunAsync(request with { Options = request.Options with { RunsNothing = true } }, tell, cancellationToken).ConfigureAwait(false);
        foreach (var problem in said.OfType<BuildEvent.Diagnosed>())
            tell(problem);
        foreach (var stage in open)
            tell(new BuildEvent.Diagnosed(RunErrors.MayNotRun(stage.Stage, stage.Item, string.Join("; ", stage.Why))));
        return PipelineResult.Failed;
    }

    /// <summary>The hash of all that says which stages run: the derivations, promises and matchers of the project and of those that it references; or null when there are errors (told as events). Runs nothing.</summary>
    public static ClosureHash? ClosureHash(PipelineRequest request, Action<BuildEvent> tell)
    {
        try
        {
            using var workingTree = WorkingTreeOf(request);
            if (Plan(request, workingTree, new(tell)) is not { } plan)
                return null;
            ImmutableArray<ReferencedStage> own = [.. plan.Stages.Select(s => Handing.Of(s, request.Options.ProjectFile, request.Store))];
            // A project is there for the choices of others too: whoever keeps the store for this build keeps theirs.
            var all = own.Concat(request.Project.ReferencedStages).Concat(request.Lineage)
                .Select(h => (Derivation: h.Derivation!, Rules: h.Rules!)).Distinct().OrderBy(h => h.Derivation).ThenBy(h => h.Rules)
                .Select(h => JsonValue.Object.Empty.With("derivation", h.Derivation.ToString()).With("rules", h.Rules.ToString()));
            return new(Digest.Of(CanonicalJson.ToBytes(new JsonValue.Array([.. all]))), ReferencedOutcomes.Export(own, plan, request.Lineage));
        }
        catch (Exception e) when (Problem(e) is { } problem)
        {
            tell(new BuildEvent.Diagnosed(problem));
            return null;
        }
    }

    /// <summary>Tells all mistakes of declaration, before any program is built. Runs nothing.</summary>
    /// <returns>What other projects may know by now.</returns>
    public static ImmutableArray<ReferencedStage> Check(PipelineRequest request, Action<BuildEvent> tell)
    {
        var teller = new Teller(tell);
        try
        {
            using var workingTree = WorkingTreeOf(request);
            if (Plan(request with { Project = Undecided(request.Project) }, new UnbuiltPrograms(workingTree, request.Project.Directory), teller) is { } plan
                && Requested(request, plan, teller) is not null)
                return [.. plan.Stages.Select(s => Handing.Declared(s, request.Options.ProjectFile, request.Store))];
        }
        catch (Exception e) when (Problem(e) is { } problem)
        {
            teller.Tell(new BuildEvent.Diagnosed(problem));
        }
        return [];
    }

    // A stand-in where a derivation is not known yet: good enough to find every mistake, and for nothing else.
    static DeclaredProject Undecided(DeclaredProject project) =>
        project with { ReferencedStages = [.. project.ReferencedStages.Select(h => h with { Derivation = new Reference<Derivation>(Digest.Of([])) })] };

    /// <summary>What the last build chose, beside what is declared now; without the mistakes of either. Reads no source, and takes a store that is gone for an empty one.</summary>
    /// <param name="mustBeBuilt">Tells mistakes, and LNX5003 for each stage whose files somebody wants and whose choice is not there.</param>
    /// <param name="wish">Which files become copies below <c>obj</c>; null: none, and nothing is written.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, while files were copied.</exception>
    public static async Task<ImmutableArray<RecalledStage>> RecallAsync(
        PipelineRequest request, bool mustBeBuilt, ItemWish? wish, Action<BuildEvent> tell, CancellationToken cancellationToken)
    {
        var teller = new Teller(mustBeBuilt || wish is { OnlyMissing: false } ? tell : _ => { });
        try
        {
            using var store = Store.OpenReadOnly(request.Store, new() { ToolStore = request.ToolStore });
            var stages = Recollection.Of(request, store, mustBeBuilt ? teller : new(_ => { }));
            if (wish is not null)
                stages = await ItemFiles.RecalledAsync(request, store, wish, stages, cancellationToken).ConfigureAwait(false);
            if (!mustBeBuilt)
                return stages;
            foreach (var stage in stages.Where(s => s.Chosen == 0 && PromisedFiles.AreAskedFor(s.Stage)))
                teller.Tell(new BuildEvent.Diagnosed(BuildErrors.NotBuilt(stage.Stage, request.Store)));
            return stages;
        }
        catch (Exception e) when (Problem(e) is { } problem)
        {
            teller.Tell(new BuildEvent.Diagnosed(problem));
            return [];
        }
    }

    /// <summary>Tests every promise, as it is declared now, against what the last build chose. Builds nothing, reads no source, and writes nothing.</summary>
    /// <returns>Also those that are not kept, each of which was told (LNX2001, LNX5003).</returns>
    public static ImmutableArray<TestedPromise> Test(PipelineRequest request, Action<BuildEvent> tell)
    {
        var teller = new Teller(tell);
        try
        {
            var tested = Recollection.Test(request, teller);
            foreach (var promise in tested.Where(t => !t.IsKept))
                teller.Tell(new BuildEvent.Diagnosed(promise.Broken.IsEmpty ? BuildErrors.NothingToTest(promise, request.Store) : BuildErrors.BrokenChoice(request.Options.ProjectFile, promise)));
            return tested;
        }
        catch (Exception e) when (Problem(e) is { } problem)
        {
            teller.Tell(new BuildEvent.Diagnosed(problem));
            return [];
        }
    }

    // What is not a mistake of ours: a damaged store, a folder that may not be written to, a full disk.
    static Diagnostic? Problem(Exception e) => e switch
    {
        StoreException refused => new(refused.Code, Severity.Error, refused.Message),
        ContentException refused => new(refused.Code, Severity.Error, refused.Message),
        IOException or UnauthorizedAccessException => Problem(StorageErrors.Failed("something could not be written or read", e)),
        _ => null,
    };

    // What a plan reads is not remembered: it writes nothing.
    static WorkingTree WorkingTreeOf(PipelineRequest request, CancellationToken cancellationToken = default) =>
        new(
            Path.Combine(request.IntermediateFolder, "digests"),
            request.Programs,
            remember: request.Options.Mode != BuildMode.Plan,
            lists: Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(request.IntermediateFolder)),
            never: request.Project.NeverSources,
            cancellationToken: cancellationToken);

    static Plan? Plan(PipelineRequest request, IContents workingTree, Teller teller)
    {
        var result = Planner.Plan(request.Project, workingTree);
        foreach (var diagnostic in result.Diagnostics)
            teller.Tell(new BuildEvent.Diagnosed(diagnostic));
        // Everything is right but a program, which was built and gave nothing.
        foreach (var diagnostic in teller.Failed ? [] : result.Unbuilt)
            teller.Tell(new BuildEvent.Diagnosed(diagnostic));
        foreach (var conflict in ReferencedOutcomes.Conflicts(request.Project.ReferencedStages.Concat(request.Lineage)))
            teller.Tell(new BuildEvent.Diagnosed(conflict));
        return teller.Failed ? null : result.Plan;
    }

    static ImmutableHashSet<StageName>? Requested(PipelineRequest request, Plan plan, Teller teller)
    {
        var (options, runs) = (request.Options, BuildMode.Run == (request.Options.Mode == BuildMode.Plan ? request.Options.PlanOf : request.Options.Mode));
        var (stages, problems, unknown) = StagePatterns.Select(plan, options.Stages, StageScope.Of(request.Project, options.IsPart));
        // Of other projects, LightnixRun runs nothing; in a solution it is asked of them as well.
        if (runs && (options.Stages.IsEmpty || (stages.IsEmpty && problems.IsEmpty && !options.IsPart)))
            problems = [DeclarationErrors.NothingToRun(plan.Stages.Select(s => s.DeclaredName.ToString()).Distinct())];
        foreach (var problem in problems)
            teller.Tell(new BuildEvent.Diagnosed(problem));
        foreach (var pattern in unknown)
            teller.Tell(BuildEvent.Hint.UnknownHere("LightnixStages", pattern, request.Project.Name));
        return problems.All(p => p.Severity != Severity.Error) ? [.. stages.Select(s => s.Name)] : null;
    }
}

using Lightnix.Projects;
using Lightnix.Building;
using Lightnix.Queries;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>What must hold before a build resolves its first stage.</summary>
sealed class BuildChecks(ProjectRequest request, PlannedProject project, BuildSession session, Demands demands, EventReporter events)
{
    /// <summary>What differs from the lock file, by stage; empty in a build that is not locked.</summary>
    public ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>> Mismatches { get; private set; } =
        ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>>.Empty;

    /// <summary>False if something does not hold, which is reported.</summary>
    public async Task<bool> PassAsync(CancellationToken cancellationToken)
    {
        if (!session.IsPlan && new LinkMemory(request.IntermediateFolder, request.Options.ProjectFile).Rival is { } rival)
            return Holds(PublicationErrors.SharedFolder(request.Options.ProjectFile, rival, request.IntermediateFolder));
        // A mismatch is a mistake like any other of declaration: nothing is looked for then.
        if (project.Lock.IsLocked && !await MatchesLockAsync(cancellationToken).ConfigureAwait(false) && !session.IsPlan)
            return false;
        if (request.Options.RequiresSandbox && !session.IsPlan && !project.Lock.IsLocked
            && await session.Builders.Sandbox.StateAsync().WaitAsync(cancellationToken).ConfigureAwait(false) is { Name: null } none)
            return Holds(PublicationErrors.NoSandbox(none.Missing));
        return Holds([.. TooLong(), .. ReferencedOutcomes.Missing(project.Plan, session.Store.Folder, session.Results)]);
    }

    /// <summary>Stages whose command line is too long whatever is chosen for their inputs, found before these run.</summary>
    IEnumerable<Diagnostic> TooLong() =>
        from stage in project.Plan.Stages
        where stage.Derivation.Builder.Runs && !project.Lock.IsLocked && demands.IsRequested(stage.Name)
        let problem = ArgumentLimits.ProblemOf(stage)
        where problem is not null
        orderby stage.Item.Ordinal
        select PublicationErrors.TooLong(stage, problem);

    async ValueTask<bool> MatchesLockAsync(CancellationToken cancellationToken)
    {
        Mismatches = await LockCheck.ProblemsAsync(
            project.Plan, demands.IsRequested, demands.MayFail, project.Lock.Pinned, session.Results, project.Lock.PlaceOf,
                cancellationToken).ConfigureAwait(false);
        // A plan reports the mismatches of a stage with that stage. Names that are no stage any more are reported here.
        events.Report(Mismatches.Where(m => !session.IsPlan || project.Plan.Find(m.Key) is null).SelectMany(m => m.Value));
        return Mismatches.IsEmpty;
    }

    // True if there is no problem.
    bool Holds(params ReadOnlySpan<Diagnostic> problems)
    {
        foreach (var problem in problems)
            events.Report(problem);
        return problems.IsEmpty;
    }
}

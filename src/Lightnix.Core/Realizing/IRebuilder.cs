using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Decides whether a stage runs.</summary>
/// <typeparam name="TResolved">What it knows of a stage whose inputs are chosen.</typeparam>
public interface IRebuilder<TResolved> where TResolved : class
{
    /// <summary>Resolves a stage; null where its inputs do not allow that, or where it failed and was diagnosed.</summary>
    /// <param name="inputs">Outcomes of the stage's inputs, in their order.</param>
    Task<TResolved?> ResolveAsync(PlannedStage stage, ImmutableArray<StageOutcome> inputs, CancellationToken cancellationToken);

    /// <summary>Matches a stage, and makes the runs that its matcher asks for.</summary>
    /// <param name="peers">Other stages that may have resolved to the same.</param>
    Task<StageOutcome> MatchAsync(
        PlannedStage stage, TResolved resolved, ImmutableArray<(PlannedStage Stage, TResolved Resolved)> peers,
            CancellationToken cancellationToken);

    /// <summary>Matches a choice, which resolves to nothing and runs nothing.</summary>
    /// <param name="inputs">The stages that it names.</param>
    Task<StageOutcome> ChooseAsync(PlannedStage choice, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs,
        CancellationToken cancellationToken);

    /// <summary>Reports an exception that came out of this rebuilder, and gives the outcome of its stage.</summary>
    StageOutcome Broken(PlannedStage stage, Exception e);

    /// <summary>The outcome of a stage that could not be resolved.</summary>
    Task<StageOutcome> BlockedAsync(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs,
        CancellationToken cancellationToken);

    /// <summary>Forgets what it knows of stages that are matched once more.</summary>
    void OpenAgain(IReadOnlySet<StageName> stages);

    /// <summary>No stage is opened again from now on: reports what waited for that.</summary>
    Task SettledAsync(CancellationToken cancellationToken);
}

using Lightnix.Matching;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Reports how stages came out: a build by events and diagnostics, a plan by what a build would do.</summary>
public interface IStageReports
{
    /// <summary>A stage whose records cannot be read, or that met a fault of Lightnix.</summary>
    void Broken(PlannedStage stage, Exception e);

    /// <summary>A requested stage that cannot be resolved.</summary>
    ValueTask UnresolvedAsync(PlannedStage stage, ImmutableArray<Diagnostic> problems, CancellationToken cancellationToken);

    /// <summary>A requested stage that some inputs have no choice for.</summary>
    /// <param name="missing">These inputs; none where a locked build does not try the stage.</param>
    ValueTask<StageOutcome> BlockedAsync(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> missing,
        CancellationToken cancellationToken);

    /// <summary>A stage with a choice, requested or not.</summary>
    ValueTask ChosenAsync(StageMatch match, Decision.Selected selected, Selection selection, CancellationToken cancellationToken);

    /// <summary>An intermediate result was made again for its bytes, and another one is chosen now.</summary>
    void CameOutOtherwise(PlannedStage stage, Selection before, Selection now);

    /// <summary>A stage would run, and the bytes of an intermediate stage of another project are not here.</summary>
    void InputIsEvicted(PlannedStage stage, StageName input);

    /// <summary>A choice that chose, requested or not.</summary>
    ValueTask ChosenAsync(ChoiceMatch match, Decision.Selected selected, Selection selection, CancellationToken cancellationToken);

    /// <summary>A requested choice that could not choose.</summary>
    ValueTask NotChosenAsync(ChoiceMatch match, CancellationToken cancellationToken);

    /// <summary>A requested stage was tried and has no choice.</summary>
    void GivenUp(PlannedStage stage);

    /// <summary>A requested stage without a choice.</summary>
    ValueTask NotChosenAsync(StageMatch match, CancellationToken cancellationToken);
}

using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>How a stage came out of a build.</summary>
public abstract record StageOutcome
{
    StageOutcome() { }

    /// <summary>What is chosen; null where nothing is.</summary>
    public Choice? Choice => this switch
    {
        Chosen chosen => chosen.Selection.Choice,
        Referenced referenced => referenced.Of,
        _ => null,
    };

    /// <summary>The inputs of a stage with their choices; null where one of them has none.</summary>
    /// <param name="outcomes">In the order of the stage's inputs.</param>
    public static ImmutableArray<ChosenInput>? ChosenInputs(PlannedStage stage, ImmutableArray<StageOutcome> outcomes) =>
        outcomes.Any(o => o.Choice is null) ? null : [.. stage.Inputs.Zip(outcomes, (i, o) => new ChosenInput(i, o.Choice!))];

    /// <summary>Another project chose it, by a matcher of its own.</summary>
    public sealed record Referenced(Choice Of) : StageOutcome;

    /// <summary>This build chose it.</summary>
    /// <param name="Ran">Runs that this build made for it.</param>
    public sealed record Chosen(Selection Selection, int Ran) : StageOutcome
    {
        /// <summary>True where a lock file pins another, which fits and which only this store lacks.</summary>
        public bool LacksPinned { get; init; }
    }

    /// <summary>It was tried and has none; the reasons were diagnosed.</summary>
    public sealed record Failed(int Ran) : StageOutcome
    {
        /// <summary>What it resolved to, if it got so far: its results may satisfy once a promise or the matcher is corrected.</summary>
        public Reference<Resolved>? Resolved { get; init; }
    }

    /// <summary>It was not tried because this stage failed.</summary>
    public sealed record Skipped(StageName Because) : StageOutcome;

    /// <summary>The bytes of inputs are not here: these inputs are opened again.</summary>
    public sealed record InputAbsent(ImmutableArray<StageName> Inputs) : StageOutcome;

    /// <summary>It was not asked for, and no result for the present inputs is there.</summary>
    public sealed record Absent : StageOutcome;
}

using Lightnix.Explaining;

namespace Lightnix.Queries;

/// <summary>Why the runs of a stage's choice were made.</summary>
/// <param name="Stage">As the project names it.</param>
/// <param name="Steps">The stage and what it was made from, as far as they differ from the former result.</param>
/// <param name="Former">The result that it is compared with; null where the store knows none.</param>
public sealed record PastReason(string Stage, ImmutableArray<StageReason> Steps, Realization? Former)
{
    /// <summary>The last build that ran the stage or changed its choice; null where the store does not remember it.</summary>
    public PastBuild? Build { get; init; }

    /// <summary>The runs of that build, those that were not chosen included; all of the present choice where it is not known.</summary>
    public ImmutableArray<RunFacts> Runs { get; init; } = [];

    /// <summary>The run that gave the result, in whatever build; null of a choice among stages, and where it was collected.</summary>
    public RunFacts? Made { get; init; }

    public bool IsAmongStages { get; init; }

    /// <summary>Of a result that no run of the stage gave.</summary>
    public Adoption? Adopted { get; init; }

    /// <summary>Inputs that were made again since, and came out as they were: the stage was reused.</summary>
    public ImmutableArray<StageReason> Unmoved { get; init; } = [];

    /// <summary>Where that build chose other results than before.</summary>
    public ChoiceNews? News { get; init; }
}

namespace Lightnix.Queries;

/// <summary>A result, and where it came from.</summary>
/// <param name="Derivation">What the stage declared for <paramref name="Run"/>; null if it was collected.</param>
/// <param name="Resolved">What the builder could see; null if it was collected.</param>
/// <param name="Run">The first run that gave the result; null if none is known.</param>
/// <param name="IsPresent">True if the store has the files.</param>
/// <param name="ChosenBy">Stages that have chosen it, with their projects.</param>
/// <param name="Inputs">Sorted by their folder; several of one stage in the order of its choice.</param>
public sealed record TracedResult(
    Realization Realization,
    Derivation? Derivation,
    Resolved? Resolved,
    Run? Run,
    bool IsPresent,
    ImmutableArray<ChosenAs> ChosenBy,
    ImmutableArray<TracedInput> Inputs)
{
    /// <summary>Remarks about <see cref="Run"/>, the oldest first.</summary>
    public ImmutableArray<Note> Notes { get; init; } = [];

    /// <summary>Of <see cref="Tracer.OfMade"/>: the record that adopted the result, where <see cref="Run"/> took place for another
    /// derivation.</summary>
    public Run? AdoptedBy { get; init; }

    public Reference<Realization> Reference { get; } = Realization.Reference();

    /// <summary>The stage's name; null if the derivation was collected and no project chooses the result.</summary>
    public string? Stage => Derivation?.Name.ToString() ?? ChosenBy.FirstOrDefault()?.Stage;
}

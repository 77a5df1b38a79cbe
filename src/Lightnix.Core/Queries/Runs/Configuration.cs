namespace Lightnix.Queries;

/// <summary>All runs of one resolved derivation: of the same thing, with other random numbers.</summary>
/// <param name="Derivation">What the newest run was declared as; its parameters include the axes of a matrix.</param>
/// <param name="Runs">In the order in which they were made.</param>
/// <param name="IsChosen">True if a project has chosen one of the results.</param>
public sealed record Configuration(
    Reference<Resolved> Resolved,
    Derivation Derivation,
    ImmutableArray<MeasuredRun> Runs,
    ImmutableArray<Failure> Failures,
    bool IsChosen)
{
    /// <summary>Choices among stages (<c>From</c>) that took one of its results.</summary>
    public ImmutableArray<string> Won { get; init; } = [];

    /// <summary>Projects that chose one of its results; or else those that have a stage of this name now.</summary>
    public ImmutableArray<string> Projects { get; init; } = [];

    /// <summary>Remarks about the runs and failures.</summary>
    public required ImmutableArray<Note> Notes { get; init; }

    /// <summary>Remarks about one run or failure, the oldest first.</summary>
    public ImmutableArray<Note> NotesOf(Digest run) => Note.About(run, Notes);

    public string Stage => Derivation.Name.ToString();

    /// <summary>When its last run ended, completed or failed.</summary>
    public DateTimeOffset Last { get; } = Runs.Select(r => r.Run.Facts.End).Concat(Failures.Select(f => f.Facts.End)).Max();

    /// <summary>How many distinct results it gave.</summary>
    public int Distinct { get; } = Runs.Select(r => r.Run.Tree).Distinct().Count();

    /// <summary>How many of its replicates were adopted: their results were taken over, and no run gave them.</summary>
    public int Adopted => Replicates.Count(r => r.Run.Adopted is not null);

    /// <summary>One run for each replicate, the first that completed: other attempts have its seed, and add no knowledge.</summary>
    public ImmutableArray<MeasuredRun> Replicates { get; } =
    [
        .. Runs.GroupBy(r => r.Run.Facts.Replicate).OrderBy(g => g.Key)
            .Select(g => g.MinBy(r => (r.Run.Adopted is not null, r.Run.Facts.Attempt, r.Run.Facts.Order))!),
    ];
}

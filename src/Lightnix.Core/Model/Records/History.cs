namespace Lightnix.Model;

/// <summary>All that a store knows of one resolved derivation.</summary>
public sealed record History(ImmutableArray<Run> Runs, ImmutableArray<Failure> Failures, ImmutableArray<Rejection> Rejections)
{
    public static History Empty { get; } = new([], [], []);

    /// <summary>Remarks about the runs and failures.</summary>
    public ImmutableArray<Note> Notes { get; init; } = [];

    /// <summary>Remarks about one run or failure, the oldest first.</summary>
    public ImmutableArray<Note> NotesOf(Digest run) => Note.About(run, Notes);

    /// <summary>Of the runs, then of the failures.</summary>
    public IEnumerable<RunFacts> Facts => Runs.Select(r => r.Facts).Concat(Failures.Select(f => f.Facts));

    /// <summary>The first run that gave a tree; null where none did.</summary>
    public Run? FirstOf(Reference<Tree> tree) => Runs.Where(r => r.Tree == tree).MinBy(r => r.Facts.Order);

    /// <summary>The seed that a replicate had, whatever its name was then: another attempt of it may then give the same bytes. Of several,
    /// that of its first run; null where none is recorded.</summary>
    /// <param name="restores">A result whose runs come first.</param>
    public int? SeedOf(int replicate, Reference<Tree>? restores = null) =>
        Runs.Where(r => r.Facts.Replicate == replicate).OrderBy(r => r.Tree != restores).ThenBy(r => r.Facts.Order)
            .Select(r => r.Facts.Seed)
            .Concat(Failures.Where(f => f.Facts.Replicate == replicate).OrderBy(f => f.Facts.Order).Select(f => f.Facts.Seed))
            .FirstOrDefault(seed => seed is not null);

    /// <summary>The number that the next run takes: one more than the highest known.</summary>
    public long NextOrder => Facts.Select(f => f.Order).DefaultIfEmpty(0).Max() + 1;

    /// <summary>The number that the next repetition of a replicate takes.</summary>
    public int NextAttempt(int replicate) =>
        Runs.Where(r => r.Facts.Replicate == replicate).Select(r => r.Facts.Attempt).DefaultIfEmpty(0).Max() + 1;

    /// <summary>True where a run took place that has the number of an adopted one.</summary>
    public bool HasMade(Run adopted) => Runs.Any(r => r.Adopted is null && r.HasNumberOf(adopted));
}

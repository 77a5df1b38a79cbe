namespace Lightnix.Model;

/// <summary>All that a store knows of one resolved derivation.</summary>
public sealed record History(ImmutableArray<Run> Runs, ImmutableArray<Failure> Failures, ImmutableArray<Rejection> Rejections)
{
    public static History Empty { get; } = new([], [], []);

    /// <summary>The number that the next run takes: one more than the highest known.</summary>
    public long NextOrder => Runs.Select(r => r.Facts.Order).Concat(Failures.Select(f => f.Facts.Order)).DefaultIfEmpty(0).Max() + 1;

    /// <summary>True where a run took place that has the number of an adopted one.</summary>
    public bool HasMade(Run adopted) => Runs.Any(r => r.Adopted is null && r.HasNumberOf(adopted));
}

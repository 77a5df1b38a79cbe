namespace Lightnix.Explaining;

/// <summary>Why stages would run or ran, whatever became of their inputs.</summary>
/// <param name="Cause">What changed; null where a sentence says what is lacking or wrong.</param>
public sealed record RootCause(Cause? Cause, string? Sentence, ImmutableArray<StageName> Stages)
{
    /// <summary>For one line.</summary>
    public string Text => Cause?.ToString() ?? Sentence!;

    internal bool IsSame(RootCause other) =>
        Sentence == other.Sentence && (Cause is null ? other.Cause is null : other.Cause is not null && Cause.IsSame(other.Cause));
}

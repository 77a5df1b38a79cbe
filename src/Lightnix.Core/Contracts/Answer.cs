namespace Lightnix.Contracts;

public abstract record Answer
{
    Answer() { }

    public sealed record Known : Answer;

    /// <param name="Broken">Why the promise is broken, one sentence for each reason; empty: it is kept.</param>
    public sealed record Verdict(ImmutableArray<string> Broken) : Answer;

    /// <param name="Value">Finite; null where there is a problem.</param>
    /// <param name="Text">The number as the file has it.</param>
    /// <param name="Problem">Why there is no number: one sentence.</param>
    public sealed record Number(double? Value, string? Text, string? Problem) : Answer;

    /// <summary>It cannot be answered from what is here.</summary>
    /// <param name="Why">As <c>its files were collected from the store</c>.</param>
    public sealed record Unknown(string Why) : Answer;
}

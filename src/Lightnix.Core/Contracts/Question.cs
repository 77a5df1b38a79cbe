namespace Lightnix.Contracts;

/// <summary>What a matcher asks about a result. The same question has the same answer, however often it is asked in a build.</summary>
public abstract record Question
{
    Question() { }

    /// <summary>Is the tree's listing known? Answered by <see cref="Answer.Known"/>.</summary>
    public sealed record IsListed(Reference<Tree> Tree) : Question;

    /// <summary>Does the tree keep a promise? Answered by <see cref="Answer.Verdict"/>.</summary>
    public sealed record Keeps(Reference<Tree> Tree, Promise Promise) : Question;

    /// <summary>Which number does the tree have? Answered by <see cref="Answer.Number"/>.</summary>
    public sealed record Measures(Reference<Tree> Tree, Metric Metric) : Question;
}

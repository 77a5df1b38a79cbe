using Lightnix.Contracts;

namespace Lightnix.Matching;

/// <summary>The answer of a matcher.</summary>
public abstract record Decision
{
    Decision() { }

    /// <summary>It must know more about its candidates first.</summary>
    /// <param name="Questions">At least one, and none that is answered already.</param>
    public sealed record Ask(ImmutableArray<Question> Questions) : Decision;

    /// <param name="Realizations">In the order in which they are numbered.</param>
    /// <param name="Hint">Worth reporting, as fewer distinct results than <see cref="Matcher.Take"/>; or null.</param>
    public sealed record Selected(ImmutableArray<Reference<Realization>> Realizations, string? Hint) : Decision;

    /// <param name="Runs">These may run side by side; then the matcher is asked again.</param>
    public sealed record RunMore(ImmutableArray<NextRun> Runs, string Reason) : Decision;

    /// <summary>It cannot choose, and nothing more may run until something changes.</summary>
    /// <param name="Reason">One sentence: what is lacking.</param>
    public sealed record Unsatisfied(string Reason) : Decision;
}

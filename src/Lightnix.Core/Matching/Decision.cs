using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Matching;

/// <summary>What a matcher says: select these, or "not yet, run again", or fail.</summary>
public abstract record Decision
{
    Decision() { }

    /// <param name="Realizations">In the order in which they are numbered.</param>
    /// <param name="Hint">Something worth saying, as fewer distinct results than <see cref="Matcher.Take"/>; or null.</param>
    public sealed record Selected(ImmutableArray<Reference<Realization>> Realizations, string? Hint) : Decision;

    /// <param name="Runs">These may run side by side; then the matcher is asked again.</param>
    public sealed record RunMore(ImmutableArray<NextRun> Runs, string Reason) : Decision;

    /// <summary>Nothing is run again until something changes.</summary>
    /// <param name="Reason">One sentence: what is lacking.</param>
    public sealed record Unsatisfied(string Reason) : Decision;
}

/// <summary>A run that a matcher asks for.</summary>
public sealed record NextRun(int Replicate, int Attempt);

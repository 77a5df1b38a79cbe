namespace Lightnix.Matching;

/// <summary>A way to choose, as a pure function: the same candidates give the same decision, whatever their order.</summary>
public interface IMatcherKind
{
    Decision Decide(Candidates candidates);

    /// <summary>The next new run, whatever the matcher decides.</summary>
    NextRun Next(Candidates candidates);
}
